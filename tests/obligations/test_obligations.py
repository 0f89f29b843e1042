"""What is owed until when: judged by the rule of its day, closed once, told when overdue, never
rewritten.
"""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.law.actions import enact_rule, set_calendar
from danchu.law.book import book
from danchu.obligations.actions import (
    excuse_obligation,
    meet_obligation,
    owe,
    recount_obligations,
    tell_overdue,
)
from danchu.obligations.escalated import escalated_to
from danchu.obligations.loading import load_escalations
from danchu.obligations.models import Escalation, Obligation
from danchu.obligations.proof import obligation_problems
from danchu.people.actor import Actor
from tests.obligations.conftest import EVENT
from tests.people.conftest import NOW


def test_it_keeps_the_day_the_rule_and_the_calendar(owed):
    made = owed()
    assert made.due_on == date(2025, 9, 3)
    assert made.rule_id == book().rule("pib.answer", EVENT).number
    assert made.calendar == book().calendar.version
    assert Entry.objects.about(made).get().data["due"] == "2025-09-03"
    assert list(obligation_problems()) == []


@pytest.mark.parametrize(
    ("on", "state"),
    [(date(2025, 8, 18), "met"), (date(2025, 9, 3), "met"), (date(2025, 9, 4), "late")],
)
def test_done_on_the_last_day_is_in_time_and_the_day_after_is_late(owed, system, on, state):
    done = meet_obligation(owed(), by=system, on=on, note="CV 12/UBND")
    assert (done.state, done.done_on) == (state, on)
    assert list(obligation_problems()) == []


def test_a_posting_taken_down_too_soon_is_late_and_one_long_enough_is_met(owed, system):
    early, enough = (
        owed(rule_key="disclosure.posting", event_on=date(2025, 9, 1)) for _ in range(2)
    )
    assert meet_obligation(early, by=system, on=date(2025, 9, 30)).state == "late"
    assert meet_obligation(enough, by=system, on=date(2025, 10, 1)).state == "met"


def test_what_is_closed_is_closed(owed, system):
    met, excused = (
        meet_obligation(owed(), by=system, on=EVENT),
        excuse_obligation(owed(), by=system, reason="Đã rút kiến nghị"),
    )
    for row in (met, excused):
        with pytest.raises(Refused, match="đã khép lại"):
            meet_obligation(row, by=system, on=EVENT)
        with pytest.raises(Refused, match="đã khép lại"):
            excuse_obligation(row, by=system, reason="x")
        for statement in (
            "UPDATE obligations_obligation SET due_on = due_on + 9 WHERE id = %s",
            "DELETE FROM obligations_obligation WHERE id = %s",
        ):
            with (
                pytest.raises(DatabaseError, match="never"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement, [row.pk])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "a" * 201}, "title"),
        ({"event_on": None}, "event_on"),
        ({"event_on": date(1900, 1, 1)}, "event_on"),
        ({"event_on": date(2010, 1, 1)}, "event"),
        ({"rule_key": "no"}, "key"),
        ({"rule_key": "pib.members"}, "key"),
        ({"rule_key": "initiative.consent"}, "key"),
    ],
)
def test_what_cannot_be_owed_is_refused_by_field(owed, fields, field):
    with pytest.raises(Refused) as refusal:
        owed(**fields)
    assert refusal.value.field == field
    assert not Obligation.objects.exists()


def test_days_that_cannot_be_are_refused(owed, system):
    made = owed()
    for on in (today() + timedelta(days=1), EVENT - timedelta(days=1), None):
        with pytest.raises(Refused):
            meet_obligation(made, by=system, on=on)
    with pytest.raises(Refused):
        excuse_obligation(made, by=system, reason="  ")


def test_a_changed_law_or_calendar_moves_only_what_is_open(owed, system):
    closed, opened = meet_obligation(owed(), by=system, on=EVENT), owed()
    days = [
        (mark.day, mark.kind, mark.name)
        for mark in book().calendar.special_days.values()
        if mark.day.year == 2025
    ]
    set_calendar(
        2025, [*days, (date(2025, 9, 3), "holiday", "Nghỉ thêm")], by=system, basis="Thông báo"
    )
    assert recount_obligations(by=system) == 1
    assert recount_obligations(by=system) == 0
    assert {row.pk: row.due_on for row in Obligation.objects.all()} == {
        closed.pk: date(2025, 9, 3),
        opened.pk: date(2025, 9, 4),
    }
    enact_rule("pib.answer", by=system, since=date(2025, 8, 25), value="10", transition="running")
    assert recount_obligations(by=system) == 1
    assert Obligation.objects.get(pk=opened.pk).due_on == date(2025, 8, 28)
    assert list(obligation_problems()) == []
    assert list(verify_chain()) == []


def test_a_day_moved_by_hand_in_the_database_is_found(owed):
    made = owed()
    Obligation.objects.filter(pk=made.pk).update(due_on=made.due_on + timedelta(days=1))
    [(place, said)] = obligation_problems()
    assert str(made.pk) in place
    assert "03/09/2025" in said


def test_each_overdue_one_is_told_once(owed, system):
    first, _later = owed(), owed(event_on=date(2025, 9, 1))
    assert tell_overdue(by=system, on=date(2025, 9, 3)) == []
    assert tell_overdue(by=system, on=date(2025, 9, 4)) == [first]
    assert tell_overdue(by=system, on=date(2025, 9, 5)) == []
    assert Entry.objects.filter(act="obligation.overdue").count() == 1


def test_a_duration_that_may_have_ended_is_never_overdue(owed, system, holder, country):
    load_escalations(by=system)
    posted, answer = owed(rule_key="disclosure.posting", event_on=date(2025, 9, 1)), owed()
    clerk = Actor.of(holder("commune_clerk", country.here, name="Văn thư").account, NOW)
    after = date(2026, 1, 5)
    assert (
        list(Obligation.objects.overdue(after))
        == list(escalated_to(clerk, after))
        == tell_overdue(by=system, on=after)
        == [answer]
    )
    assert not Obligation.objects.due_between(posted.due_on, posted.due_on).exists()


def test_escalation_follows_its_rows(owed, system, holder, country):
    load_escalations(by=system)
    assert load_escalations(by=system) == 0
    made = owed()
    actors = {
        "clerk": Actor.of(holder("commune_clerk", country.here, name="Văn thư").account, NOW),
        "next": Actor.of(holder("commune_clerk", country.next_door, name="Bên cạnh").account, NOW),
        "officer": Actor.of(
            holder("steering_officer", country.province, name="Chuyên viên").account, NOW
        ),
    }

    def told(day):
        return {name for name, actor in actors.items() if list(escalated_to(actor, day)) == [made]}

    assert told(date(2025, 9, 3)) == set()
    assert told(date(2025, 9, 4)) == {"clerk"}
    assert told(date(2025, 9, 7)) == {"clerk"}
    assert told(date(2025, 9, 8)) == {"clerk", "officer"}
    Escalation.objects.filter(office="steering_officer").update(days=30)
    assert told(date(2025, 9, 8)) == {"clerk"}
    meet_obligation(made, by=system, on=date(2025, 9, 9))
    assert told(date(2026, 9, 9)) == set()


# Written out apart from office_kinds.toml: who may write down and close, who may excuse, within the
# own subtree.
WRITES = {
    "petition_officer",
    "inspectorate_chief",
    "commune_clerk",
    "front_clerk",
    "front_chair",
    "inspection_head",
    "village_head",
    "committee_chair",
    "operator",
}
EXCUSES = {"front_chair", "committee_chair", "operator"}


def test_each_act_is_done_by_whom_the_table_names(owed, holder, country, offices):
    wrong = []
    for place, unit in (
        ("own", country.here),
        ("lower", country.village),
        ("other", country.next_door),
        ("above", country.province),
    ):
        made = owed(unit=unit)
        acts = {
            "owe": (
                WRITES,
                lambda by, u=unit: owe(
                    by=by, unit=u, rule_key="pib.answer", event_on=EVENT, title="Việc"
                ),
            ),
            "meet": (WRITES, lambda by, m=made: meet_obligation(m, by=by, on=EVENT)),
            "excuse": (EXCUSES, lambda by, m=made: excuse_obligation(m, by=by, reason="Rút")),
        }
        for office in [*offices, "public"]:
            actor = (
                Actor.public()
                if office == "public"
                else _actor(office, holder, country, made=place)
            )
            for name, (table, act) in acts.items():
                with transaction.atomic():
                    try:
                        act(actor)
                        done = True
                    except Denied:
                        done = False
                    transaction.set_rollback(True)
                if done != (place in ("own", "lower") and office in table):
                    wrong.append((office, name, place, done))
    assert wrong == []


_ACTORS = {}


def _actor(office, holder, country, made):
    if made == "own":
        _ACTORS[office] = Actor.of(
            holder(office, country.here, name=f"Người {office}").account, NOW
        )
    return _ACTORS[office]


def test_the_whole_country_is_recounted_and_told_only_by_whom_it_concerns(owed):
    owed()
    for act in (recount_obligations, tell_overdue, load_escalations):
        with pytest.raises(Denied):
            act(by=Actor.public())


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_the_same_for_one_row_and_for_three(
    owed, system, django_assert_num_queries, rows
):
    for _ in range(rows):
        owed()
    with django_assert_num_queries(1):
        found = list(
            Obligation.objects.viewed_by(system)
            .overdue(date(2025, 12, 1))
            .select_related("rule")
            .order_by("due_on", "pk")
        )
    assert [row.rule.key for row in found] == ["pib.answer"] * rows
