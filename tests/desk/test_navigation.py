"""The navigation of the desk: by the six verbs, with what waits; what may be recorded is found by a
few letters; keys.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.desk import inbox
from danchu.desk.beginnings import beginnings
from danchu.desk.navigation import groups, numbers_of
from danchu.kernel.days import today
from danchu.obligations.actions import owe
from danchu.people.actor import Actor
from danchu.register.actions import draft_event
from danchu.register.models import Event
from tests.browser import assert_accessible
from tests.desk.conftest import BY
from tests.sizes import turn


def drafted(officials, number, kind="dialogue"):
    for place in range(number):
        draft_event(
            kind,
            by=Actor.of(officials.clerk) if kind != "dialogue" else BY,
            unit=officials.ward,
            held_on=today(),
            title=f"Việc {place}",
        )


def owed(officials, days):
    owe(
        by=BY,
        rule_key="pib.answer",
        unit=officials.ward,
        title=f"Trả lời {days}",
        event_on=today() + timedelta(days=days),
    )


def test_the_numbers_are_those_of_the_inbox_in_one_query(officials):
    drafted(officials, 3)
    for days in (-90, -80, -2):
        owed(officials, days)
    for account in (officials.head, officials.clerk, officials.chair, officials.officer):
        actor = Actor.of(account)
        expected = {
            group.url: str(group.number) for group in (*inbox.due(actor), *inbox.for_me(actor))
        }
        with CaptureQueriesContext(connection) as queries:
            assert numbers_of(actor) == expected
        assert len([query for query in queries if "waits_at" in query["sql"]]) <= 1
        assert len(queries) <= 2, [query["sql"][:100] for query in queries]
    assert numbers_of(Actor.of(officials.head))["/desk/records/"] == "3"


def test_more_than_a_hundred_are_not_counted_on(officials, monkeypatch):
    monkeypatch.setattr(inbox, "MOST_COUNTED", 2)
    drafted(officials, 3)
    assert numbers_of(Actor.of(officials.head))["/desk/records/"] == "2+"
    group = inbox.for_me(Actor.of(officials.head))[0]
    assert (group.number, group.is_more) == (2, True)


def test_every_page_of_the_desk_has_the_navigation_with_what_waits(client, officials):
    drafted(officials, 2)
    owed(officials, -90)
    client.force_login(officials.head)
    for path in ("/desk/", "/desk/records/", "/desk/notices/", "/desk/records/new/"):
        page = client.get(path).content.decode()
        head = page.partition("<main")[0]
        assert 'href="/desk/records/"' in head and 'data-key="g s"' in head, path
        assert '<span class="count is-late">1 ' in " ".join(head.split()), path
    assert client.get("/law/").content.decode().count('class="count') == 0


def test_what_nobody_may_open_stands_nowhere(officials):
    for account in (officials.clerk, officials.chair, officials.officer, officials.head):
        actor = Actor.of(account)
        rows = groups(actor, "/desk/", {})
        assert all(group.entries for group in rows)
        urls = [entry.url for group in rows for entry in group.entries]
        assert len(urls) == len(set(urls))
        keys = [entry.key for group in rows for entry in group.entries if entry.key]
        assert len(keys) == len(set(keys))


def test_the_desk_home_asks_no_question_more_for_its_navigation(client, officials):
    client.force_login(officials.head)
    client.get("/desk/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/desk/")
    assert not [query for query in queries if "waits_at" in query["sql"]]


@turn(2, together=1)
def test_what_may_be_recorded_opens_its_form(client, officials):
    for account in (officials.clerk, officials.chair, officials.head, officials.officer):
        client.force_login(account)
        rows = beginnings(Actor.of(account))
        assert len({row.url for row in rows}) == len(rows)
        for row in rows:
            assert client.get(row.url).status_code == 200, row.url
    page = client.get("/desk/records/new/")
    assert [row.url for row in page.context["beginnings"]] == [row.url for row in rows]


def test_a_petition_a_visit_and_a_round_each_have_one_door(officials):
    urls = [row.url for row in beginnings(Actor.of(officials.head))]
    assert {"/desk/petitions/new/", "/desk/reception/new/", "/desk/rounds/new/"} <= set(urls)
    kinds = {url.partition("kind=")[2] for url in urls}
    assert "dialogue" in kinds and not kinds & {"petition", "reception", "inspection_round"}


@pytest.fixture
def desk(browser_page, client, site, officials):
    client.force_login(officials.head)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    return browser_page


@turn(2, together=0)
@pytest.mark.browser
def test_a_kind_is_found_by_letters_and_the_last_one_stands_first(desk):
    desk.goto("/desk/")
    desk.keyboard.press("n")
    desk.wait_for_url("**/desk/records/new/")
    desk.keyboard.type("doi thoai")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk/records/new/?kind=dialogue")
    assert desk.evaluate("document.activeElement.name") == "held_on"
    desk.goto("/desk/records/new/")
    assert "Đối thoại" in desk.locator("#kinds li").first.inner_text()


@turn(2, together=1)
@pytest.mark.browser
def test_keys_lead_through_the_desk_and_can_be_turned_off(desk, officials):
    desk.goto("/desk/")
    desk.keyboard.press("?")
    dialog = desk.get_by_role("dialog")
    assert dialog.is_visible() and "Sổ việc" in dialog.inner_text()
    assert_accessible(desk)
    desk.keyboard.press("?")
    assert not dialog.is_visible()
    desk.keyboard.press("g")
    desk.keyboard.press("s")
    desk.wait_for_url("**/desk/records/")
    desk.keyboard.press("/")
    desk.keyboard.type("gs?")
    assert desk.input_value("#search-q") == "gs?" and desk.url.endswith("/desk/records/")
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("?")
    desk.get_by_label("Dùng phím tắt trên máy này").uncheck()
    desk.get_by_role("button", name="Đóng").click()
    desk.keyboard.press("g")
    desk.keyboard.press("h")
    desk.wait_for_timeout(200)
    assert desk.url.endswith("/desk/records/")
    assert Event.objects.count() == 0


@turn(2, together=0)
@pytest.mark.browser
def test_on_a_telephone_the_desk_has_its_own_bar(desk):
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto("/desk/records/new/?kind=dialogue")
    assert desk.locator(".masthead").bounding_box()["height"] <= 64
    first = desk.locator("main .field input").first.bounding_box()
    assert first["y"] + first["height"] < 844 - 56
    bar = desk.get_by_role("navigation", name="Thanh cuối màn hình")
    assert [link.inner_text() for link in bar.locator("> ul a").all()] == ["Hôm nay", "Ghi", "Tìm"]
    bar.get_by_text("Mục khác").click()
    assert bar.get_by_role("link", name="Sổ việc").is_visible()
    assert_accessible(desk)


def test_drafts_of_the_whole_country_are_found_by_their_index(officials):
    """A register of a million events has few drafts, and each page of the desk counts them."""
    rows = dict(inbox.waiting_rows(Actor.system("test")))["/desk/records/"]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "event_draft" in rows.order_by().explain()
        cursor.execute("SET LOCAL enable_seqscan = on")
