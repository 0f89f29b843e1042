"""Reminders before a due day and escalation after it: once a step, whatever the clock does and
however many servers run.
"""

import json
import threading
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.kernel.refusals import Denied, Refused
from danchu.law.actions import enact_rule, set_calendar
from danchu.law.book import book
from danchu.notices.actions import tell_steps
from danchu.notices.models import Notice, Told
from danchu.obligations.actions import (
    add_escalation,
    change_escalation,
    change_law,
    meet_obligation,
    owe,
    remove_escalation,
    tell_overdue,
)
from danchu.obligations.loading import load_escalations
from danchu.obligations.models import Escalation
from danchu.people.actor import Actor

EVENT, DUE = date(2026, 9, 21), date(2026, 9, 28)  # a Monday, five working days on


@pytest.fixture
def told(law, country, system, at):
    """Read what each reader was told anew, in words."""
    load_escalations(by=system)
    readers = {
        "clerk": at("commune_clerk"),
        "chair": at("committee_chair"),
        "above": at("committee_chair", "province"),
        "officer": at("steering_officer", "province"),
        "beside": at("commune_clerk", "next_door"),
    }
    seen = set()

    def read(on=None):
        tell_steps(by=system, on=on)
        fresh = [notice for notice in Notice.objects.order_by("pk") if notice.pk not in seen]
        seen.update(notice.pk for notice in fresh)
        names = {actor.account_id: name for name, actor in readers.items()}
        return [(names[notice.account_id], notice.text) for notice in fresh]

    return read


@pytest.fixture
def owed(law, country, system):
    def make(event_on=EVENT, rule_key="decision.send", unit=None, **more):
        return owe(
            by=system,
            unit=unit or country.here,
            rule_key=rule_key,
            event_on=event_on,
            title="Gửi quyết định",
            **more,
        )

    return make


def test_each_step_tells_its_office_once_as_many_working_days_before_as_its_row_says(
    owed, told, clock
):
    owed()
    seen = {}
    for day in (EVENT + timedelta(days=n) for n in range(20)):
        clock.set(day)
        found = told()
        if found:
            seen[day] = found
        assert told() == [], "a second run on the same day tells nothing"
    assert seen == {
        date(2026, 9, 23): [
            ("clerk", "Sắp đến hạn 28/09/2026: Gửi quyết định.")
        ],  # Friday and Thursday lie between, the weekend is not counted
        date(2026, 9, 25): [("chair", "Sắp đến hạn 28/09/2026: Gửi quyết định.")],
        date(2026, 9, 29): [
            ("clerk", "Quá hạn từ 28/09/2026: Gửi quyết định."),
            ("chair", "Quá hạn từ 28/09/2026: Gửi quyết định."),
        ],
        date(2026, 10, 3): [("officer", "Quá hạn từ 28/09/2026: Gửi quyết định.")],
        date(2026, 10, 8): [("above", "Quá hạn từ 28/09/2026: Gửi quyết định.")],
    }


def test_what_was_done_or_never_can_be_overdue_is_not_reminded_of(owed, told, system, clock):
    clock.set("2026-09-24")
    meet_obligation(owed(), by=system, on=date(2026, 9, 24))
    owed(rule_key="disclosure.posting", event_on=date(2026, 8, 25))  # may end on the 24th
    assert told() == []


def test_many_at_once_are_one_notice_a_reader(owed, told, clock):
    clock.set("2026-09-24")
    for _ in range(3):
        owed()
    owed(date(2026, 9, 7))
    assert sorted(told()) == [
        ("above", "Quá hạn từ 14/09/2026: Gửi quyết định."),
        ("chair", "Quá hạn từ 14/09/2026: Gửi quyết định."),
        ("clerk", "3 việc sắp đến hạn, gần nhất là ngày 28/09/2026."),
        ("clerk", "Quá hạn từ 14/09/2026: Gửi quyết định."),
        ("officer", "Quá hạn từ 14/09/2026: Gửi quyết định."),
    ]
    assert Notice.objects.get(text__startswith="3 việc").link == "/desk/obligations/?which=soon"
    entry = Entry.objects.filter(act="notice.steps_told").get()
    assert entry.data == {"obligations": 4, "steps": 7, "number": 5}


def test_what_a_unit_that_is_no_more_owes_is_told_to_its_heir(owed, told, country, clock):
    clock.set("2026-09-29")
    owed(unit=country.old_whole)
    assert ("clerk", "Quá hạn từ 28/09/2026: Gửi quyết định.") in told()


def test_a_clock_set_back_a_day_and_forward_again_tells_nothing_twice(owed, told, system, clock):
    it = owed()
    clock.set("2026-09-29")
    assert len(told()) == 2 and tell_overdue(by=system) == [it]
    for day in ("2026-09-28", "2026-09-29", "2026-09-27", "2026-09-29"):
        clock.set(day)
        again = [text for _who, text in told() if "Quá hạn" in text]
        assert again == [] and tell_overdue(by=system) == []
    assert Entry.objects.filter(act="obligation.overdue").count() == 1


def test_a_clock_a_year_ahead_does_not_silence_the_true_day(owed, told, system, clock):
    it = owed()
    clock.set("2027-09-22")
    assert tell_overdue(by=system) == [it] and len(told()) == 4
    clock.set("2026-09-22")
    assert tell_overdue(by=system) == [] and told() == []
    clock.set("2026-09-23")
    assert told() == [("clerk", "Sắp đến hạn 28/09/2026: Gửi quyết định.")]
    clock.set("2026-09-29")
    assert tell_overdue(by=system) == [it]
    assert [who for who, _text in told()] == ["clerk", "chair"]
    assert tell_overdue(by=system) == [] and told() == []
    it.refresh_from_db()
    assert it.told_overdue_on == date(2026, 9, 29)


def test_a_due_day_that_moved_is_told_of_anew_when_it_comes(owed, told, system, clock):
    it = owed()
    clock.set("2026-09-29")
    assert len(told()) == 2 and tell_overdue(by=system) == [it]
    days = [
        (mark.day, mark.kind, mark.name)
        for mark in book().calendar.special_days.values()
        if mark.day.year == 2026
    ]
    change_law(
        lambda: set_calendar(
            2026,
            [
                *days,
                (date(2026, 9, 28), "holiday", "Nghỉ bù"),
                (date(2026, 9, 29), "holiday", "Nghỉ bù"),
            ],
            by=system,
            basis="Thông báo",
        ),
        by=system,
    )
    assert (
        tell_overdue(by=system) == []
        and [text for _who, text in told()] == ["Sắp đến hạn 30/09/2026: Gửi quyết định."] * 2
    )
    clock.set("2026-10-01")
    assert tell_overdue(by=system) == [it]
    assert [text for _who, text in told()] == ["Quá hạn từ 30/09/2026: Gửi quyết định."] * 2


def test_the_rows_are_changed_by_acts_and_each_is_in_the_journal(owed, told, system, clock):
    row = add_escalation(
        by=system, days=2, office="commune_clerk", rule_prefix="decision.", before=True
    )
    owed()
    clock.set("2026-09-24")
    assert len(told()) == 1
    change_escalation(row, by=system, days=1)
    clock.set("2026-09-25")
    assert ("clerk", "Sắp đến hạn 28/09/2026: Gửi quyết định.") in told()
    remove_escalation(row, by=system)
    assert not Escalation.objects.filter(pk=row.pk).exists()
    assert [entry.act for entry in Entry.objects.about(row).order_by("number")] == [
        "escalation.added",
        "escalation.changed",
        "escalation.removed",
    ]
    for act in (
        lambda: remove_escalation(row, by=system),
        lambda: change_escalation(row, by=system, days=4),
    ):
        with pytest.raises(Refused, match="vừa được người khác bỏ"):
            act()
    assert list(verify_chain()) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"days": 0, "before": True}, "days"),
        ({"days": -1}, "days"),
        ({"days": 366}, "days"),
        ({"days": True}, "days"),
        ({"above": 4}, "above"),
        ({"above": -1}, "above"),
        ({"office": "nobody"}, "office"),
        ({"rule_prefix": "nothing."}, "rule_prefix"),
        ({"days": 5, "office": "steering_officer", "above": 1}, "days"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_field(told, system, fields, field):
    before = list(Escalation.objects.values())
    with pytest.raises(Refused) as refusal:
        add_escalation(by=system, **{"days": 3, "office": "committee_chair", **fields})
    assert refusal.value.field == field
    assert list(Escalation.objects.values()) == before


def test_only_who_may_change_the_law_changes_who_is_told(law, system, at, offices):
    load_escalations(by=system)
    row, everybody = (
        Escalation.objects.first(),
        [Actor.public(), *(at(office) for office in sorted(offices))],
    )
    for act in (
        lambda by: add_escalation(by=by, days=9, office="operator"),
        lambda by: change_escalation(row, by=by, days=9),
        lambda by: remove_escalation(row, by=by),
        lambda by: tell_steps(by=by),
    ):
        for by in everybody:
            with pytest.raises(Denied):
                act(by)


def test_the_round_recounts_tells_and_reminds(owed, told, system, clock):
    it, later = owed(), owed(date(2026, 9, 24))
    enact_rule("decision.send", by=system, since=date(2026, 9, 29), value="8", transition="running")
    clock.set("2026-09-29")
    said = StringIO()
    call_command("obligations", "round", stdout=said)
    assert {
        "Số hạn đã đổi: 1.",
        "Việc mới quá hạn: 1.",
        "Số thông báo nhắc việc, báo lên: 2.",
    } <= set(said.getvalue().splitlines())
    later.refresh_from_db()
    assert later.due_on == date(2026, 10, 6)
    said = StringIO()
    call_command("obligations", "round", stdout=said)
    assert {
        "Số hạn đã đổi: 0.",
        "Việc mới quá hạn: 0.",
        "Số thông báo nhắc việc, báo lên: 0.",
    } <= set(said.getvalue().splitlines())
    assert Entry.objects.about(it).filter(act="obligation.overdue").count() == 1


def test_the_command_line_adds_lists_and_removes_rows(law, system, offices):
    load_escalations(by=system)
    said = StringIO()
    call_command(
        "escalations",
        "--add",
        "--before",
        "--days",
        "7",
        "--office",
        "steering_officer",
        "--above",
        "1",
        "--rule-prefix",
        "pib.",
        "--json",
        stdout=said,
    )
    [row] = [one for one in json.loads(said.getvalue()) if one["days"] == 7]
    assert row == {
        "id": row["id"],
        "before": True,
        "days": 7,
        "office": "steering_officer",
        "above": 1,
        "rule_prefix": "pib.",
    }
    said = StringIO()
    call_command("escalations", "--remove", str(row["id"]), stdout=said)
    assert (
        "3 ngày làm việc trước hạn" in said.getvalue()
        and "pib." in said.getvalue()
        and "7 ngày" not in said.getvalue()
    )
    for wrong in (["--remove", str(row["id"])], ["--add", "--days", "3", "--office", "zz"]):
        with pytest.raises(CommandError):
            call_command("escalations", *wrong)


@pytest.mark.django_db(transaction=True)
def test_two_servers_at_once_tell_everything_once(law, country, system, at, owed):
    load_escalations(by=system)
    at("commune_clerk")
    rows = [owed(date(2026, 9, 1) + timedelta(days=n % 7)) for n in range(40)]
    on, found, ready = date(2026, 9, 29), [], threading.Barrier(3)

    def server():
        try:
            ready.wait(10)
            while batch := tell_overdue(by=system, on=on):
                found.extend(row.pk for row in batch)
            tell_steps(by=system, on=on)
        finally:
            connection.close()

    servers = [threading.Thread(target=server) for _ in range(3)]
    for one in servers:
        one.start()
    for one in servers:
        one.join(30)
    assert sorted(found) == sorted(row.pk for row in rows)
    assert Entry.objects.filter(act="obligation.overdue").count() == 40
    assert Told.objects.filter(step="+0 commune_clerk 0").count() == 40
    assert Notice.objects.filter(text__startswith="40 việc quá hạn").count() == 1
    assert list(verify_chain()) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_run_asks_as_much_for_one_as_for_three(
    owed, told, system, rows, clock, django_assert_num_queries
):
    clock.set("2026-09-29")
    for _ in range(rows):
        owed()
    told()
    Told.objects.all().delete()
    with django_assert_num_queries(
        11 + Escalation.objects.count()
    ):  # one for each row of the table
        tell_steps(by=system)
