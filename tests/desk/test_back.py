"""Back leads to what was typed, also where the server refused it: pages of the desk are stored by
no cache, so the browser asks for them again.
"""

import re

import pytest

from danchu.register.models import Event
from tests.sizes import turn

NEW = "/desk/villages/new/"


@pytest.fixture
def page(browser_page, client, site, officials):
    client.force_login(officials.head)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    return browser_page


def refusals_of(page, act):
    """The statuses of what was asked while `act` was done."""
    statuses = []
    page.on("response", lambda answer: statuses.append(answer.status))
    act()
    page.wait_for_load_state()
    return [status for status in statuses if status >= 400]


@turn(2, together=1)
@pytest.mark.browser
def test_a_refused_form_comes_back_with_what_was_typed(page):
    page.goto(NEW)
    page.fill("[name=since]", "31/02/2026")
    page.fill("[name=name]", "Tổ 5")
    page.click("main .buttons .primary")
    page.wait_for_selector("[aria-invalid=true]")
    page.fill("[name=name]", "Tổ 6")
    page.press("[name=name]", "Tab")
    page.goto("/desk/")
    assert refusals_of(page, page.go_back) == []
    assert page.input_value("[name=name]") == "Tổ 6"
    assert page.input_value("[name=since]") == "31/02/2026"
    page.go_back()  # the page on which it was typed first
    assert page.input_value("[name=name]") == "Tổ 5"


@turn(2, together=0)
@pytest.mark.browser
def test_a_refused_act_comes_back_on_the_page_of_its_record(page):
    page.goto("/desk/records/new/?kind=dialogue")
    page.fill("[name=title]", "Đối thoại với Nhân dân")
    page.fill("[name=held_on]", "03/03/2026")
    page.fill("[name=body]", "")
    page.click("button[name=confirm]")
    page.wait_for_url(re.compile(r"/desk/records/[0-9a-f-]{36}/$"))
    record = page.url
    act = "form[action$='/withdraw/']"
    page.eval_on_selector(act, "form => { form.closest('details').open = true }")
    page.eval_on_selector(f"{act} [name=reason]", "field => field.removeAttribute('maxlength')")
    reason = "Ghi nhầm ngày. " * 60
    page.fill(f"{act} [name=reason]", reason)
    page.click(f"{act} button:not([type=button])")
    page.wait_for_selector("[aria-invalid=true]")
    page.goto("/desk/")
    assert refusals_of(page, page.go_back) == []
    assert page.url == record
    assert page.input_value(f"{act} [name=reason]").strip() == reason.strip()
    assert Event.objects.get().state == "confirmed"


@turn(2, together=1)
@pytest.mark.browser
def test_a_form_that_was_sent_comes_back_and_a_page_opened_anew_is_empty(page):
    page.goto(NEW)
    page.fill("[name=name]", "Tổ 5")
    page.press("[name=name]", "Tab")
    page.goto("/desk/")
    page.go_back()
    assert page.input_value("[name=name]") == "Tổ 5"
    page.goto("/desk/villages/")
    page.goto(NEW)
    assert page.input_value("[name=name]") == ""
