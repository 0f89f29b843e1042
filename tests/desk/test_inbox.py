"""The first page of the desk says what is due, what waits for the reader and what for others; many
drafts are confirmed by one act.
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.inspection.actions import (
    confirm_recommendation,
    draft_recommendation,
    send_recommendation,
)
from danchu.inspection.models import Recommendation
from danchu.journal.models import Entry
from danchu.kernel.days import VIETNAM, today
from danchu.kernel.refusals import Refused
from danchu.law.loading import load_law
from danchu.obligations.actions import owe
from danchu.people.actor import Actor
from danchu.register.actions import draft_event
from danchu.register.lives import EVENT_LIFE
from danchu.register.models import Event
from danchu.reports.actions import edit_report, issue_report, start_report, submit_report
from danchu.reports.models import OfficeReport
from danchu.subjects.room import sections
from danchu.units.actions import open_body
from tests.browser import inspect
from tests.desk.conftest import BY
from tests.markup import tight
from tests.sizes import one_in, turn


def drafted(officials, kind="dialogue", **more):
    values = {"unit": officials.ward, "held_on": date(2026, 3, 3), "title": "Đối thoại", **more}
    return draft_event(kind, by=BY, **values)


def titles(groups):
    return {item.title for group in groups for item in group.items}


def test_every_wait_is_a_move_of_its_life_and_its_right():
    """What a section declares is in the table: the act may follow each state by that right."""
    for section in sections():
        for wait in section.waits:
            moves = [move for move in section.life.moves if move.act == wait.act]
            assert moves, (section.one, wait.act)
            for state in wait.states:
                assert any(state in move.sources for move in moves), (section.one, wait, state)
            rights = {getattr(move.right, "verb", None) for move in moves}
            assert wait.verb in rights, (section.one, wait)


def test_what_waits_is_what_the_life_allows_row_by_row(client, officials):
    rows = [drafted(officials, kind) for kind in ("dialogue", "supervision_217", "reception")]
    rows.append(drafted(officials, title="Xác nhận rồi"))
    from danchu.register.actions import confirm_event

    confirm_event(rows[-1], by=BY)
    for role in ("clerk", "chair", "head", "neighbour", "officer"):
        account = getattr(officials, role)
        client.force_login(account)
        page = client.get("/desk/")
        actor = Actor.of(account, second_factor=True)
        mine = {
            row.title + row.kind
            for row in Event.objects.all()
            if "confirm" in EVENT_LIFE.acts_of(row, actor)
        }
        shown = [
            group for group in page.context["for_me"] if group.url.startswith("/desk/records/")
        ]
        assert sum(group.number for group in shown) == len(mine), role


def test_the_owner_of_a_draft_stands_on_its_page_and_in_the_inbox_of_its_author(client, officials):
    event = drafted(officials, "supervision_217", title="Giám sát vỉa hè")
    client.force_login(officials.clerk)
    page = client.get(f"/desk/records/{event.uid}/").content.decode()
    assert "Đang chờ: Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam (chair)" in page
    home = client.get("/desk/")
    assert "Giám sát vỉa hè" in titles(home.context["for_others"])
    client.force_login(officials.chair)
    assert "Giám sát vỉa hè" in titles(client.get("/desk/").context["for_me"])


def test_a_public_record_of_another_place_waits_for_nobody_here(client, officials):
    """Sent recommendations are public everywhere; the inbox shows those of one's own places."""
    load_law(by=BY)
    neighbour = officials.neighbour.holdings.get().unit
    for unit, title in ((officials.ward, "Ở phường này"), (neighbour, "Ở phường khác")):
        bodies = [
            open_body(unit, by=BY, kind=kind, name=kind, since=date(2025, 7, 1))
            for kind in ("peoples_inspection_board", "peoples_committee")
        ]
        fields = {"title": title, "finding": "Thu vượt mức.", "found_on": date(2025, 8, 11)}
        row = draft_recommendation(by=BY, board=bodies[0], answerer=bodies[1], **fields)
        row = confirm_recommendation(row, by=BY)
        days = {"sent_on": date(2025, 8, 15), "received_on": date(2025, 8, 18)}
        send_recommendation(row, by=BY, **days)
    assert Recommendation.objects.visible_to(Actor.of(officials.clerk)).count() == 2
    client.force_login(officials.clerk)
    page = client.get("/desk/")
    shown = titles(page.context["for_others"]) | titles(page.context["for_me"])
    assert "Ở phường này" in shown and "Ở phường khác" not in shown


def test_who_has_to_act_reads_since_when_it_waits(client, officials):
    event = drafted(officials, "dialogue", title="Đối thoại ở tổ 5")
    instant = Entry.objects.about(event).latest("number").at
    client.force_login(officials.head)
    [group] = client.get("/desk/").context["for_me"]
    assert [item.since for item in group.items] == [instant]


def test_who_waits_for_others_reads_since_when(client, officials):
    event = drafted(officials, "supervision_217", title="Giám sát vỉa hè")
    drafted(officials, "supervision_217", title="Giám sát chợ")
    instant = Entry.objects.about(event).latest("number").at.astimezone(VIETNAM)
    client.force_login(officials.clerk)
    for path in ("/desk/", f"/desk/records/{event.uid}/"):
        page = tight(client.get(path).content.decode())
        assert f"từ {instant:%d/%m/%Y %H:%M}" in page, path


def test_the_places_below_without_a_sealed_report_of_the_quarter_are_named(
    client, officials, clock
):
    clock.set("2026-10-05")
    client.force_login(officials.officer)
    group = client.get("/desk/").context["not_reported"]
    assert [(item.title, item.state) for item in group.items] == [("Phường Ba Đình", "Chưa lập")]
    assert group.items[0].owners == ("head",) and "Quý III năm 2026" in group.title
    assert client.get(group.url).status_code == client.get(group.items[0].url).status_code == 200
    values = {"unit": officials.ward, "since": date(2026, 7, 1), "last": date(2026, 9, 30)}
    report = start_report(by=BY, title="Quý III", **values)
    group = client.get("/desk/").context["not_reported"]
    assert [item.state for item in group.items] == ["Đang soạn"]
    assert client.get(group.items[0].url).status_code == 200
    client.force_login(officials.head)
    assert client.get("/desk/").context["not_reported"] is None
    edit_report(report, by=BY, title="Quý III", text="Có {F01} cuộc.")
    issue_report(OfficeReport.objects.get(), by=BY)
    client.force_login(officials.officer)
    assert client.get("/desk/").context["not_reported"] is None


def test_a_report_that_asks_for_opinions_waits_for_who_may_seal(client, officials):
    report = start_report(
        by=BY,
        unit=officials.ward,
        since=date(2026, 1, 1),
        last=date(2026, 3, 31),
        title="Báo cáo quý I",
    )
    submit_report(report, by=BY)
    client.force_login(officials.head)
    assert "Báo cáo quý I" in titles(client.get("/desk/").context["for_me"])


def test_overdue_obligations_stand_first_with_how_late_they_are(client, officials):
    for days, title in ((-90, "Quá lâu"), (-80, "Quá ít hơn")):
        owe(
            by=BY,
            rule_key="pib.answer",
            unit=officials.ward,
            title=title,
            event_on=today() + timedelta(days=days),
        )
    client.force_login(officials.head)
    [group] = [group for group in client.get("/desk/").context["due"] if "overdue" in group.url]
    assert [item.title for item in group.items] == ["Quá lâu", "Quá ít hơn"]
    assert group.number == 2 and "quá hạn" in group.items[0].state
    assert client.get(group.url).status_code == 200


def test_thirty_drafts_are_confirmed_by_one_act_and_a_refused_one_stays_with_its_reason(
    client, officials, monkeypatch
):
    events = [drafted(officials, title=f"Đối thoại {n}") for n in range(30)]
    client.force_login(officials.head)
    page = client.get("/desk/confirm/")
    assert len(page.context["rows"]) == 30

    with monkeypatch.context() as limits:
        limits.setattr("danchu.desk.views.confirming.MOST", 10)
        page = client.get("/desk/confirm/")
        assert len(page.context["rows"]) == 10 and "10 trong số 30 việc" in page.content.decode()

    from danchu.desk import events as of_desk

    plain = of_desk.actions.confirm_event

    def confirm(event, *, by):
        if event.title == "Đối thoại 7":
            raise Refused("Trùng số liệu đã gửi.", "held_on")
        return plain(event, by=by)

    monkeypatch.setattr(of_desk.actions, "confirm_event", confirm)
    answer = client.post("/desk/confirm/", {"uid": [str(event.uid) for event in events]})
    assert answer.status_code == 400 and "Trùng số liệu đã gửi." in answer.content.decode()
    assert Event.objects.filter(state="confirmed").count() == 29
    assert Event.objects.get(title="Đối thoại 7").state == "draft"
    monkeypatch.undo()
    again = client.post("/desk/confirm/", {"uid": [str(event.uid) for event in events]})
    assert again.status_code == 302 and Event.objects.filter(state="confirmed").count() == 30


@pytest.mark.parametrize("uids", [[], ["x"], ["00000000-0000-0000-0000-000000000000"]])
def test_nothing_chosen_or_nothing_of_mine_confirms_nothing(client, officials, uids):
    event = drafted(officials)
    client.force_login(officials.neighbour)
    client.post("/desk/confirm/", {"uid": [*uids, str(event.uid)]})
    client.force_login(officials.head)
    client.post("/desk/confirm/", {"uid": uids})
    assert Event.objects.get().state == "draft"


@one_in(2)
@pytest.mark.parametrize("role", ["head", "clerk"])
def test_one_row_and_three_rows_ask_the_same_number_of_questions(client, officials, role):
    """Those of the head wait for the head; the clerk reads whom they wait for."""

    def asked():
        for path in ("/desk/", "/desk/confirm/"):
            client.get(path)
        with CaptureQueriesContext(connection) as queries:
            for path in ("/desk/", "/desk/confirm/"):
                client.get(path)
        return len(queries)

    client.force_login(getattr(officials, role))
    drafted(officials)
    before = asked()
    for _more in range(2):
        drafted(officials)
    assert asked() == before


@turn(4, together=1)
@pytest.mark.browser
def test_the_pages_are_for_everyone(browser_page, client, site, officials):
    for n in range(3):
        drafted(officials, title=f"Đối thoại {n}")
    client.force_login(officials.head)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    for path in ("/desk/", "/desk/confirm/"):
        inspect(browser_page, path)
