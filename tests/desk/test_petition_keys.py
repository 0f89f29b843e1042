"""From the list of petitions to the answer: what applies is offered, the next opens by itself, and
few clicks or keys are needed.
"""

from urllib.parse import quote

import pytest

from danchu.casework.models import Petition
from tests.browser import inspect
from tests.desk.test_petitions import entered, staff  # noqa: F401
from tests.markup import tight
from tests.sizes import turn

pytestmark = pytest.mark.usefixtures("law_loaded")
MOST = 4
LIST = "/desk/petitions/?typed=1"
WAY = f"?in={quote('typed=1')}"


def lamps(client, staff, number):
    return [
        entered(client, staff, title=f"Đèn {n} tắt", name=f"Ai đó {n}", seen="on")
        for n in range(number)
    ]


def offered(client, address=LIST):
    return [
        name for name, _word in client.get(address).context["batch"].fields["act"].widget.choices
    ]


def test_the_acts_on_several_are_those_that_may_follow_for_a_row_of_the_page(client, staff):
    [lamp] = lamps(client, staff, 1)
    assert offered(client) == ["take_in", "claim"]
    assert 'data-acts="take_in claim"' in tight(client.get(LIST).content.decode())
    client.post(f"/desk/petitions/{lamp.uid}/claim/")
    client.post(f"/desk/petitions/{lamp.uid}/take_in/", {"on": "03/03/2026"})
    assert offered(client) == ["answer", "release"]
    entered(client, staff, nature="complaint", known_on="01/03/2026", title="QĐ 5", seen="on")
    assert offered(client) == ["classify", "answer", "claim", "release"]
    client.force_login(staff.overseer)
    assert client.get(LIST).status_code == 403 or client.get(LIST).context["batch"] is None


def test_after_the_answer_the_next_of_the_list_opens_and_then_the_list(client, staff):
    first, second = reversed(lamps(client, staff, 2))  # the newest stands first
    assert f'href="/desk/petitions/{first.uid}/{WAY}"' in client.get(LIST).content.decode()
    for lamp, after in ((first, f"/desk/petitions/{second.uid}/{WAY}"), (second, LIST)):
        page = f"/desk/petitions/{lamp.uid}/"
        assert f'action="{page}take_in/{WAY}"' in client.get(f"{page}{WAY}").content.decode()
        taken = client.post(f"{page}take_in/{WAY}", {"on": "03/03/2026"})
        assert taken.url == f"{page}{WAY}&begin=1"
        assert "autofocus" in client.get(taken.url).content.decode()
        answered = client.post(f"{page}answer/{WAY}", {"on": "04/03/2026", "text": "Đã thay bóng."})
        assert answered.url == after
    # whoever did not come from the list stays on the record
    [third] = lamps(client, staff, 1)
    page = f"/desk/petitions/{third.uid}/"
    assert client.post(f"{page}take_in/", {"on": "03/03/2026"}).url == page


def test_a_way_that_does_not_read_leads_back_to_the_list(client, staff):
    first = lamps(client, staff, 2)[1]
    way = f"?in={quote('since=31/02/2025&sort=zzz')}"
    answer = client.post(
        f"/desk/petitions/{first.uid}/file/{way}", {"on": "04/03/2026", "text": "Trùng"}
    )
    assert answer.status_code == 400 or answer.url.startswith("/desk/petitions/")


class Counted:
    """A page that counts clicks and keys; letters of an answer are content and not counted."""

    def __init__(self, page):
        self.page = page
        self.number = 0

    def click(self, selector):
        self.number += 1
        self.page.click(selector)

    def press(self, key):
        self.number += 1
        self.page.keyboard.press(key)

    def write(self, text):
        """Write where the page begins, once it stands there: the first frame gives the focus."""
        self.page.wait_for_selector("textarea:focus")
        self.page.keyboard.insert_text(text)


@pytest.fixture
def counted(browser_page, client, site, staff):
    lamps(client, staff, 2)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
    browser_page.context.add_cookies([cookie])
    browser_page.goto(LIST)
    return Counted(browser_page)


def answered():
    return Petition.objects.filter(state="answered").count()


@turn(2, together=0)
@pytest.mark.browser
def test_a_lamp_is_answered_from_the_list_in_four_clicks(counted):
    counted.click("tbody tr:first-child td.wide a")
    counted.click("details.act[open] button.primary")
    counted.page.wait_for_url("**begin=1")
    counted.write("Đã thay bóng đèn.")
    counted.click("details.act[open] button.primary")
    counted.page.wait_for_load_state()
    assert counted.number <= MOST
    assert answered() == 1
    assert "Đèn 0 tắt" in counted.page.inner_text("h1"), "the next opened by itself"


@turn(2, together=1)
@pytest.mark.browser
def test_a_lamp_is_answered_from_the_list_in_four_keys(counted):
    counted.press("j")
    counted.press("o")
    counted.page.wait_for_url("**in=typed**")
    counted.press("1")
    counted.page.wait_for_url("**begin=1")
    counted.write("Đã thay bóng đèn.")
    counted.press("Control+Enter")
    counted.page.wait_for_selector("text=Đây là dòng tiếp theo")
    assert counted.number <= MOST
    assert answered() == 1


@turn(2, together=0)
@pytest.mark.browser
def test_the_key_a_claims_the_row_at_hand_and_ticks_narrow_what_is_offered(counted):
    counted.page.keyboard.press("j")
    counted.page.keyboard.press("a")
    counted.page.wait_for_selector("text=Nhận xử lý: 1 đơn")
    boxes = counted.page.locator("input[name=uid]")
    boxes.nth(0).check()
    words = counted.page.locator("#batch-act option").all_inner_texts()
    assert not any(word == "Nhận xử lý" for word in words) and "Thôi nhận xử lý" in words
    boxes.nth(1).check()
    assert "Nhận xử lý (1/2)" in counted.page.locator("#batch-act option").all_inner_texts()
    inspect(counted.page, LIST)
