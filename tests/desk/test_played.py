"""A complaint, a denunciation and a piece of feedback played in browsers from the portal to their
closure: the citizen, the officer and the chair each in one of his own, under the law before
1/7/2026 and under the law since.
"""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.test import Client

from danchu.casework.models import Petition
from danchu.kernel.days import show_day, today
from tests.browser import _page
from tests.desk.test_petitions import staff  # noqa: F401
from tests.sizes import long, part

# The day it is sent; (clock, due day, article that gives it) that the citizen reads after sending,
# by nature.
LAWS = {
    "before": (
        "2026-05-04",
        {
            "complaint": ("14/05/2026", "10 ngày", "Luật Khiếu nại"),
            "denunciation": ("13/05/2026", "7 ngày làm việc", "Luật Tố cáo"),
            "feedback": ("18/05/2026", "10 ngày làm việc", "05/2021"),
        },
    ),
    "since": (
        "2026-07-06",
        {
            "complaint": ("15/07/2026", "7 ngày làm việc", "155/2026"),
            "denunciation": ("15/07/2026", "7 ngày làm việc", "Luật Tố cáo"),
            "feedback": ("20/07/2026", "10 ngày làm việc", "05/2021"),
        },
    ),
}
OURS = {"eligible": "yes", "competent": "yes"}
# Who does what: h the officer who handles it, c the chair; and the days that pass before.
LIVES = {
    "complaint": (
        ("h", 2, "classify", OURS),
        ("c", 1, "accept", {}),
        ("h", 1, "verify", {}),
        ("h", 1, "invite", {"text": "Mời dự đối thoại", "dialogue_on": "+8"}),
        ("h", 8, "hold_dialogue", {"text": "Hai bên đã nói"}),
        ("c", 5, "decide", {"verdict": "partly", "text": "Đúng một phần, đã sửa quyết định"}),
        ("h", 1, "send", {}),
        ("h", 1, "close", {}),
    ),
    "denunciation": (
        ("h", 2, "classify", OURS),
        ("c", 1, "accept", {}),
        ("h", 1, "notify", {}),
        ("h", 1, "verify", {}),
        ("c", 12, "decide", {"verdict": "founded", "text": "Nội dung tố cáo đúng"}),
        ("h", 1, "send", {}),
        ("h", 1, "publish", {"text": "Công khai: đã xử lý người vi phạm"}),
        ("h", 1, "close", {}),
    ),
    "feedback": (
        ("h", 2, "classify", OURS),
        ("h", 1, "accept", {}),
        ("h", 2, "answer", {"text": "Đã thay bóng đèn"}),
    ),
}
SENDER = {"name": "Đặng Thị Kín", "address": "77 ngõ Lặng Thinh", "phone": "0977665544"}


@pytest.fixture
def desk_of(chromium, site):
    """A browser in which an official is logged in."""
    opened = []

    def make(account):
        client = (
            Client()
        )  # one each: logging in a second account would end the session of the first
        client.force_login(account)
        page = _page(chromium, site)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
        )
        opened.append(page)
        return page

    yield make
    for page in opened:
        page.context.close()


def send(page, nature):
    """(code, secret, what the page after sending says) of one sent by the citizen."""
    page.goto("/petitions/send/")
    page.check(f"[name=nature][value={nature}]")
    page.select_option("[name=matter]", "road")
    for name, value in {
        "place": "Ba Đình, Hà Nội",
        "title": f"Đèn đường {nature}",
        "content": "Hai cột đèn không sáng, báo nhiều lần",
        **SENDER,
    }.items():
        page.fill(f"[name={name}]", value)
    page.click("main button.primary")
    code, secret = (page.locator("dl.facts strong").nth(n).inner_text() for n in (0, 1))
    for opener in page.locator("main details summary").all():
        opener.click()
    return code, secret, page.inner_text("main")


def follow(page, code, secret):
    page.goto("/petitions/follow/")
    page.fill("#code", code.lower())
    page.fill("#secret", secret)
    page.click("main button.primary")
    return page.inner_text("main")


def act(page, uid, name, given):
    answer = page.goto(f"/desk/petitions/{uid}/")
    assert (answer.status, page.locator(f"#act-{name}").count()) == (200, 1), page.inner_text(
        "body"
    )
    form = page.locator(f"form[action$='/{name}/']")
    if not form.locator("button").last.is_visible():
        page.locator(f"#act-{name}").click()
    for field, value in given.items():
        box = form.locator(f"[name={field}]")
        box.select_option(value) if box.evaluate("e => e.tagName") == "SELECT" else box.fill(value)
    form.locator("button").last.click()
    assert page.locator("[role=alert]").count() == 0, page.locator("[role=alert]").inner_text()


@long
@pytest.mark.browser
@pytest.mark.parametrize(("nature", "law"), part(product(LIVES, LAWS), 6, "played"))
def test_it_is_played_from_the_portal_to_its_closure(
    staff, clock, browser_page, desk_of, law, nature
):
    day, due = LAWS[law]
    clock.set(day)
    citizen, officials = browser_page, {"h": desk_of(staff.handler), "c": desk_of(staff.head)}
    code, secret, told = send(citizen, nature)
    assert all(word in told for word in due[nature]), told
    it = Petition.objects.get(code=code)
    for who, days, name, given in LIVES[nature]:
        clock.forward(days=days)
        act(officials[who], it.uid, name, _dated(given))
        it.refresh_from_db()
        assert it.get_state_display() in follow(citizen, code, secret)
    if nature == "feedback":
        citizen.click("text=Đã giải quyết xong")
        it.refresh_from_db()
        assert it.is_solved is True
    seen = "".join(page.content() for page in officials.values())
    assert (SENDER["name"] in seen) == (nature != "denunciation")
    assert (it.state, it.in_time) == ("closed", True)
    told = follow(citizen, code, secret)
    assert re.search(r"Kết thúc", told) and SENDER["name"] not in told
    assert citizen.problems == [] and all(page.problems == [] for page in officials.values())


def _dated(given):
    """Days given as "+8" are so many from the day it is."""
    return {
        field: show_day(today() + timedelta(days=int(value))) if value.startswith("+") else value
        for field, value in given.items()
    }
