"""The law and the calendar change while things are owed: what is open follows, what is closed
stays to the last bit.
"""

import threading
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.kernel.refusals import Denied, Refused
from danchu.law.actions import correct_rule, enact_rule, set_calendar
from danchu.law.book import book
from danchu.law.loading import load_law
from danchu.law.models import CalendarVersion, RuleVersion
from danchu.obligations.actions import (
    change_law,
    excuse_obligation,
    meet_obligation,
    owe,
    recount_obligations,
    revise_misjudged,
)
from danchu.obligations.models import Obligation
from danchu.obligations.outlook import foresee, moved_rows, moves
from danchu.obligations.proof import obligation_problems
from danchu.people.actor import Actor
from tests.people.conftest import make_unit
from tests.sizes import long, size

EVENT = date(2026, 9, 21)


@pytest.fixture
def owed(law, country, system):
    def make(event_on=EVENT, rule_key="decision.send", **more):
        return owe(
            by=system,
            unit=country.here,
            rule_key=rule_key,
            event_on=event_on,
            title="Gửi quyết định",
            **more,
        )

    return make


def days_of(year):
    return [
        (mark.day, mark.kind, mark.name)
        for mark in book().calendar.special_days.values()
        if mark.day.year == year
    ]


def holiday(day, system):
    """The act of setting one more day off in the year of the day."""
    return lambda: set_calendar(
        day.year,
        [*days_of(day.year), (day, "holiday", "Nghỉ thêm")],
        by=system,
        basis="Thông báo 9/TB",
    )


def as_written():
    """Every column of every closed obligation, as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT md5(string_agg(o::text, '|' ORDER BY id)), count(*) FROM "
            "obligations_obligation AS o WHERE state <> 'open'"
        )
        return cursor.fetchone()


def test_an_edited_calendar_moves_what_is_open_and_leaves_what_is_closed_bit_by_bit(
    owed, system, clock
):
    clock.set("2026-09-30")
    meet_obligation(owed(), by=system, on=date(2026, 9, 25))
    meet_obligation(owed(), by=system, on=date(2026, 9, 29))
    excuse_obligation(owed(), by=system, reason="Đã rút")
    opened, elsewhere = owed(), owed(date(2026, 10, 12))
    before, version = as_written(), elsewhere.calendar
    made, moved = change_law(holiday(date(2026, 9, 24), system), by=system)
    assert (moved, before[1]) == (1, 3)
    assert as_written() == before
    opened.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (opened.due_on, opened.calendar) == (date(2026, 9, 29), made.number)
    assert (elsewhere.due_on, elsewhere.calendar) == (date(2026, 10, 19), version), (
        "what did not move was not touched"
    )
    assert Entry.objects.filter(act="obligations.recounted").latest("number").data == {
        "changed": 1,
        "moved": 1,
        "calendar": made.number,
    }
    assert list(obligation_problems()) == [] and list(verify_chain()) == []


def test_a_change_is_foreseen_as_it_then_comes_and_foreseeing_keeps_nothing(owed, system, clock):
    clock.set("2026-09-22")
    first, second = owed(), owed()
    owed(date(2026, 10, 12))
    entries, versions = Entry.objects.count(), CalendarVersion.objects.count()
    found = foresee(holiday(date(2026, 9, 24), system))
    assert [(move.number, move.due_on, move.to_day) for move in found] == [
        (2, date(2026, 9, 28), date(2026, 9, 29))
    ]
    assert [(row.pk, day) for row, day in moved_rows(found, 50)] == [
        (first.pk, date(2026, 9, 29)),
        (second.pk, date(2026, 9, 29)),
    ]
    assert [row.pk for row, _day in moved_rows(found, 1)] == [first.pk]
    assert (Entry.objects.count(), CalendarVersion.objects.count()) == (entries, versions)
    assert book().due("decision.send", EVENT).day == date(2026, 9, 28)
    assert change_law(holiday(date(2026, 9, 24), system), by=system)[1] == 2


def test_what_cannot_be_enacted_is_refused_when_it_is_foreseen(owed, system):
    owed()
    with pytest.raises(Refused):
        foresee(lambda: enact_rule("decision.send", by=system, since=date(2026, 9, 1), value="0"))
    with pytest.raises(Denied):
        foresee(
            lambda: enact_rule(
                "decision.send", by=Actor.public(), since=date(2026, 9, 1), value="6"
            )
        )


def test_a_change_and_its_moves_are_one(owed, system, monkeypatch):
    owed()
    monkeypatch.setattr(
        "danchu.obligations.actions.recount.MOVE", "SELECT no_such_thing(%s, %s, %s, %s, %s, %s)"
    )
    with pytest.raises(Exception, match="no_such_thing"):
        change_law(
            lambda: enact_rule("decision.send", by=system, since=date(2026, 9, 1), value="9"),
            by=system,
        )
    with pytest.raises(Denied):
        change_law(lambda: None, by=Actor.public())
    with pytest.raises(Denied):
        revise_misjudged(by=Actor.public())


@pytest.mark.parametrize(
    ("transition", "expected"), [("new", date(2026, 9, 28)), ("running", date(2026, 10, 5))]
)
def test_the_law_changes_while_something_is_owed_by_its_transition(
    owed, system, clock, transition, expected
):
    clock.set("2026-09-22")
    running, done, ended = owed(), owed(), owed(date(2026, 9, 14))
    meet_obligation(done, by=system, on=date(2026, 9, 22))
    closed = as_written()
    made, moved = change_law(
        lambda: enact_rule(
            "decision.send", by=system, since=date(2026, 9, 23), value="10", transition=transition
        ),
        by=system,
    )
    assert moved == 0, "the new version is not in force yet"
    clock.set("2026-09-23")
    assert recount_obligations(by=system) == (transition == "running")
    running.refresh_from_db()
    ended.refresh_from_db()
    assert running.due_on == expected
    assert (running.rule_id == made.pk) == (transition == "running")
    assert ended.due_on == date(2026, 9, 21), "was due before the new version came"
    assert owed(date(2026, 9, 24)).due_on == date(2026, 10, 8), (
        "what begins under the new version is judged by it"
    )
    assert as_written() == closed
    assert recount_obligations(by=system) == 0
    assert list(obligation_problems()) == []


def test_a_clock_set_back_takes_a_running_transition_back_and_brings_it_again(owed, system, clock):
    clock.set("2026-09-22")
    it = owed()
    enact_rule(
        "decision.send", by=system, since=date(2026, 9, 23), value="10", transition="running"
    )
    seen = []
    for day in ("2026-09-23", "2026-09-22", "2027-09-22", "2026-09-23"):
        clock.set(day)
        recount_obligations(by=system)
        it.refresh_from_db()
        seen.append(it.due_on)
    assert seen == [date(2026, 10, 5), date(2026, 9, 28), date(2026, 10, 5), date(2026, 10, 5)]
    assert list(obligation_problems()) == []


def test_a_corrected_rule_moves_what_is_open_to_the_correction(owed, system):
    it, closed = owed(), meet_obligation(owed(), by=system, on=EVENT)
    wrong = RuleVersion.objects.uncorrected().get(key="decision.send")
    corrected, moved = change_law(
        lambda: correct_rule(wrong, by=system, reason="Đọc lại điều luật", value="7"), by=system
    )
    it.refresh_from_db()
    closed.refresh_from_db()
    assert (moved, it.rule_id, it.due_on) == (1, corrected.pk, date(2026, 9, 30))
    assert (closed.rule_id, closed.due_on) == (wrong.pk, date(2026, 9, 28))
    assert list(obligation_problems()) == []


def test_an_event_that_no_version_covers_any_more_stays_as_it_was_judged(owed, system):
    it = owed()
    wrong = RuleVersion.objects.uncorrected().get(key="decision.send")
    change_law(
        lambda: correct_rule(
            wrong, by=system, reason="Hiệu lực từ năm sau", since=date(2027, 1, 1)
        ),
        by=system,
    )
    it.refresh_from_db()
    assert (it.rule_id, it.due_on) == (wrong.pk, date(2026, 9, 28))


def test_two_operators_do_not_overwrite_each_other(law, system):
    seen = RuleVersion.objects.uncorrected().get(key="decision.send").pk
    calendar = CalendarVersion.objects.filter(year=2026).latest("number").number
    enact_rule("decision.send", by=system, since=date(2027, 1, 1), value="6", newest=seen)
    set_calendar(2026, days_of(2026), by=system, basis="Thông báo 1", newest=calendar)
    with pytest.raises(Refused, match="vừa được người khác thay đổi"):
        enact_rule("decision.send", by=system, since=date(2027, 2, 1), value="7", newest=seen)
    with pytest.raises(Refused, match="vừa được người khác ghi lại"):
        set_calendar(2026, [], by=system, basis="Thông báo 2", newest=calendar)
    with pytest.raises(Refused, match="vừa được người khác ghi lại"):
        set_calendar(2026, [], by=system, basis="Thông báo 2", newest=0)
    set_calendar(2031, [], by=system, basis="Thông báo 3", newest=0)


@pytest.mark.django_db(transaction=True)
def test_of_two_operators_at_the_same_moment_one_is_told_to_look_again():
    by = Actor.system("test")
    load_law(by=by)
    seen, said = RuleVersion.objects.uncorrected().get(key="decision.send").pk, []
    ready = threading.Barrier(2)

    def enact(value):
        try:
            ready.wait(10)
            change_law(
                lambda: enact_rule(
                    "decision.send", by=by, since=date(2027, 1, 1), value=value, newest=seen
                ),
                by=by,
            )
            said.append("done")
        except Refused as refusal:
            said.append(refusal.message)
        finally:
            connection.close()

    both = [threading.Thread(target=enact, args=(value,)) for value in ("6", "7")]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert (
        sorted(said)[0].startswith("Quy tắc này vừa được người khác thay đổi")
        and sorted(said)[1] == "done"
    )
    assert len(book().versions("decision.send")) == 2
    assert list(verify_chain()) == []


days = st.dates(date(2026, 1, 1), date(2026, 12, 20))


@long
@settings(
    max_examples=size(6, 60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    events=st.lists(
        st.tuples(st.sampled_from(["decision.send", "pib.answer", "pib.plan_notice"]), days),
        min_size=1,
        max_size=8,
    ),
    off=st.sets(days, max_size=8),
    closed=st.integers(0, 3),
)
def test_a_changed_calendar_counts_the_open_ones_anew_and_leaves_the_closed_ones(
    law, system, country, events, off, closed
):
    unit = make_unit("commune", "Xã", country.province)
    rows = [
        owe(by=system, unit=unit, rule_key=key, event_on=day, title="Việc") for key, day in events
    ]
    for row in rows[:closed]:
        excuse_obligation(row, by=system, reason="Rút")
    before = as_written()
    marks = {day: (day, "holiday", "Nghỉ") for day in off}
    foreseen = foresee(lambda: set_calendar(2026, list(marks.values()), by=system, basis="x"))
    _made, moved = change_law(
        lambda: set_calendar(2026, list(marks.values()), by=system, basis="x"), by=system
    )
    assert moved == sum(move.number for move in foreseen if move.to_day != move.due_on)
    assert as_written() == before
    assert list(moves(book())) == []
    for row in Obligation.objects.open().select_related("rule"):
        assert row.due_on == book().due(row.rule.key, row.event_on).day
    assert list(obligation_problems()) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_recount_asks_as_much_for_one_as_for_three(owed, system, django_assert_num_queries, rows):
    for n in range(rows):
        owed(EVENT + timedelta(days=7 * n))
    marks = [
        *days_of(2026),
        *((date(2026, 9, day), "holiday", "Nghỉ") for day in (24,)),
        (date(2026, 10, 1), "holiday", "Nghỉ"),
        (date(2026, 10, 8), "holiday", "Nghỉ"),
    ]
    set_calendar(2026, marks, by=system, basis="x")
    with django_assert_num_queries(16):
        assert recount_obligations(by=system) == rows


def test_the_command_line_counts_what_would_move_then_moves_it(owed, system, tmp_path):
    owed()
    enact = ("rules", "--enact", "decision.send", "--since", "2026-09-21", "--value", "7")
    file = tmp_path / "lich.csv"
    file.write_text(
        "day,kind,name\n"
        + "".join(
            f"{day},{kind},{name}\n"
            for day, kind, name in [*days_of(2026), (date(2026, 9, 29), "holiday", "Nghỉ thêm")]
        ),
        encoding="utf-8",
    )
    calendar = ("calendar", "2026", "--set", str(file), "--basis", "Thông báo 1")
    for command, due in ((enact, date(2026, 9, 30)), (calendar, date(2026, 10, 1))):
        before = (RuleVersion.objects.count(), CalendarVersion.objects.count())
        said = StringIO()
        call_command(*command, "--dry-run", stdout=said)
        assert said.getvalue() == "Số hạn sẽ đổi: 1.\n"
        assert (RuleVersion.objects.count(), CalendarVersion.objects.count()) == before
        said = StringIO()
        call_command(*command, stdout=said)
        assert "Số hạn đã đổi: 1." in said.getvalue()
        assert Obligation.objects.get().due_on == due
