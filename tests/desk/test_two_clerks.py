"""Two clerks at one petition, each in a browser of his own: one is told who has it, nothing is
done twice, what was typed stays.
"""

import pytest

from danchu.journal.models import Entry
from tests.browser import assert_accessible, assert_fits
from tests.desk.test_petitions import entered, staff  # noqa: F401
from tests.desk.test_played import act, desk_of  # noqa: F401
from tests.sizes import turn

pytestmark = pytest.mark.browser
SORTED = {"eligible": "yes", "competent": "yes"}


def opened(page, it, name):
    answer = page.goto(f"/desk/petitions/{it.uid}/")
    assert answer.status == 200, page.inner_text("body")
    form = page.locator(f"form[action$='/{name}/']")
    if not form.locator("button").last.is_visible():
        page.locator(f"#act-{name}").click()
    return form


def alert(page):
    return page.locator("main [role=alert]").inner_text()


@turn(4, together=2)
def test_who_comes_second_to_a_claim_is_told_who_has_it_and_keeps_what_he_typed(
    staff, client, desk_of
):
    it = entered(client, staff)
    one, other = desk_of(staff.handler), desk_of(staff.second)
    form = opened(other, it, "classify")  # he reads the page before the first one takes it on
    one.goto(f"/desk/petitions/{it.uid}/")
    one.click("button:has-text('Nhận xử lý')")
    form.locator("[name=eligible]").select_option("no")
    form.locator("[name=fault]").select_option("unclear")
    form.locator("[name=people]").fill("7")
    form.locator("button").last.click()
    assert "đang do Công chức handler nhận xử lý" in alert(other)
    again = other.locator("form[action$='/classify/']")
    assert [
        again.locator(f"[name={name}]").input_value() for name in ("eligible", "fault", "people")
    ] == ["no", "unclear", "7"]
    assert other.locator("text=Nhận lại từ Công chức handler").count() == 1
    it.refresh_from_db()
    assert (it.state, it.claimed_by, it.steps.count()) == ("received", staff.handler, 1)
    for width in (390, 1280):
        other.set_viewport_size({"width": width, "height": 900})
        assert_fits(other)
        assert_accessible(other)
    act(one, it.uid, "classify", SORTED)
    it.refresh_from_db()
    assert (it.state, it.eligible, it.people, it.steps.count()) == ("classified", True, 3, 2)


@turn(2, together=0)
def test_two_claims_of_the_same_page_are_one_claim(staff, client, desk_of):
    it = entered(client, staff)
    one, other = desk_of(staff.handler), desk_of(staff.second)
    for page in (one, other):
        page.goto(f"/desk/petitions/{it.uid}/")
    one.click("button:has-text('Nhận xử lý')")
    other.click("button:has-text('Nhận xử lý')")
    assert alert(other) == "Đơn này đang do Công chức handler nhận xử lý."
    assert Entry.objects.filter(act="petition.claimed").count() == 1
    other.click("text=Nhận lại từ Công chức handler")
    one.goto(f"/desk/petitions/{it.uid}/")
    assert "Nhận lại từ Công chức second" in one.inner_text("main")


@turn(4, together=3)
def test_an_answer_written_by_two_is_given_once_and_the_second_still_has_his_words(
    staff, client, desk_of
):
    it = entered(client, staff)
    one, other = desk_of(staff.handler), desk_of(staff.second)
    act(one, it.uid, "classify", SORTED)
    act(one, it.uid, "accept", {})
    forms = [opened(page, it, "answer") for page in (one, other)]
    for form, text in zip(
        forms, ("Đã thông cống", "Đang chờ kinh phí, sẽ làm trong quý"), strict=True
    ):
        form.locator("[name=text]").fill(text)
    for form in forms:
        form.locator("button").last.click()
    assert "có thể người khác vừa làm" in alert(
        other
    ) and "Đang chờ kinh phí, sẽ làm trong quý" in other.inner_text("main")
    assert_accessible(other)
    it.refresh_from_db()
    assert (it.state, it.answer_text, it.steps.filter(act="answer").count()) == (
        "answered",
        "Đã thông cống",
        1,
    )
