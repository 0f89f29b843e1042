"""What is being typed into a form of the register stays on the device until it was sent."""

import re

import pytest

from danchu.register.models import Event
from tests.sizes import turn

ADDRESS = "/desk/records/new/?kind=dialogue"
RECORD = re.compile(r"/desk/records/[0-9a-f-]{36}/$")


@pytest.fixture
def page(browser_page, client, site, officials):
    client.force_login(officials.head)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    browser_page.goto(ADDRESS)
    return browser_page


def fill(page, title="Đối thoại với Nhân dân", day="03/03/2026"):
    page.fill("[name=title]", title)
    page.fill("[name=held_on]", day)
    page.fill("[name=body]", "")


@turn(2, together=0)
@pytest.mark.browser
def test_after_a_reload_what_was_typed_is_there_again_and_can_be_dropped(page):
    fill(page)
    page.goto("/desk/")
    page.goto(ADDRESS)
    assert page.input_value("[name=title]") == "Đối thoại với Nhân dân"
    assert page.input_value("[name=held_on]") == "03/03/2026"
    assert page.is_visible("[data-keep-note]")
    page.click("[data-keep-drop]")
    page.wait_for_load_state()
    assert page.input_value("[name=title]") == ""


@turn(2, together=1)
@pytest.mark.browser
def test_after_back_the_sent_form_is_the_same_one_and_makes_no_second_record(page):
    fill(page)
    page.click("button[name=draft]")
    page.wait_for_url(RECORD)
    page.go_back()
    assert page.input_value("[name=held_on]") == "03/03/2026"
    assert page.input_value("[name=title]") == "Đối thoại với Nhân dân"
    page.click("button[name=draft]")
    page.wait_for_url(RECORD)
    assert Event.objects.count() == 1


@turn(2, together=0)
@pytest.mark.browser
def test_the_next_form_after_a_saved_one_is_empty(page):
    fill(page)
    page.click("button[name=draft]")
    page.wait_for_url(RECORD)
    page.goto(ADDRESS)
    assert page.input_value("[name=title]") == ""
    assert page.is_hidden("[data-keep-note]")


@turn(2, together=1)
@pytest.mark.browser
def test_a_refused_form_shows_what_the_server_says_and_not_an_older_draft(page):
    fill(page, day="31/02/2026")
    page.click("button[name=draft]")
    page.wait_for_load_state()
    assert page.input_value("[name=held_on]") == "31/02/2026"
    assert "Không có ngày" in page.inner_text(".has-error")
