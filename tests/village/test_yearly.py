"""Each village owes its conference of the year from October on, and the commune the election of a
head whose term ends, before anybody plans either.
"""

from datetime import date

import pytest

from danchu.kernel.refusals import Denied
from danchu.obligations.actions import excuse_obligation, meet_obligation
from danchu.obligations.models import Obligation
from danchu.units.actions import open_village
from danchu.village import actions
from tests.decision.played import SINCE, write_roll
from tests.village import played
from tests.village.test_heads import annulled, released


def owed(rule):
    return Obligation.objects.filter(rule__key=rule).order_by("unit", "pk")


def test_each_village_owes_the_conference_of_the_year_until_its_end(officials, system, clock):
    second = open_village(officials.here, by=system, name="Tổ 9", kind="to_dan_pho", since=SINCE)
    clock.set("2026-10-02")
    assert actions.owe_by_year(by=system) == 0, "nothing of this commune is kept here yet"
    write_roll(officials.village, 3)
    clock.set("2026-09-30")
    assert actions.owe_by_year(by=system) == 0
    clock.set("2026-10-02")
    assert [actions.owe_by_year(by=system) for _again in range(2)] == [2, 0]
    rows = owed("conference.yearly")
    assert {row.unit for row in rows} == {officials.village, second}
    assert {row.due_on for row in rows} == {date(2026, 12, 31)}
    assert "năm 2026" in rows[0].title and rows[0].state == "open"
    clock.set("2027-10-01")
    assert actions.owe_by_year(by=system) == 2, "and again in the next year"


@pytest.mark.parametrize(("day", "state"), [("2026-11-20", "met"), ("2027-01-09", "late")])
def test_the_conference_that_is_held_meets_it(officials, system, clock, day, state):
    write_roll(officials.village, 3)
    clock.set("2026-10-02")
    actions.owe_by_year(by=system)
    clock.set(day)
    on = date.fromisoformat(day)
    conference = actions.plan_conference(
        by=system,
        unit=officials.village,
        year=2026,
        plan="Kiểm điểm",
        plan_on=date(2026, 11, 2),
        planned_on=on,
    )
    actions.send_conference_plan(conference, by=system, on=date(2026, 11, 3))
    conference = actions.convene_conference(
        conference, by=system, on=date(2026, 11, 10), planned_on=on, venue="Nhà văn hóa"
    )
    actions.hold_conference(conference, by=system, on=on, chair="An", secretary="Bình", attending=1)
    assert owed("conference.yearly").get(unit=officials.village).state == state
    assert actions.owe_by_year(by=system) == 0


def test_the_commune_owes_an_election_before_a_term_ends(officials, system, committee, clock):
    head = actions.enter_head(
        by=system,
        unit=officials.village,
        name="An",
        since=date(2025, 7, 10),
        document="1/QĐ",
        term_until=date(2026, 8, 1),
    )
    clock.set("2026-06-01")
    assert actions.owe_by_year(by=system) == 0
    clock.set("2026-06-02")
    assert [actions.owe_by_year(by=system) for _again in range(2)] == [1, 0]
    duty = owed("head.term_end").get()
    assert (duty.unit, duty.body, duty.due_on) == (officials.here, committee, date(2026, 7, 31))
    clock.set("2026-07-20")
    actions.enter_head(
        by=system,
        unit=officials.village,
        name="Bình",
        since=date(2026, 7, 20),
        document="2/QĐ",
        term_until=date(2031, 7, 20),
    )
    duty.refresh_from_db()
    head.refresh_from_db()
    assert (duty.state, head.ending) == ("met", "succeeded")


@pytest.mark.parametrize("close", [meet_obligation, excuse_obligation])
def test_what_somebody_closed_by_hand_is_not_owed_again(officials, system, clock, close):
    played.head(officials.village, system, term_until=date(2026, 8, 1))
    write_roll(officials.village, 3)
    clock.set("2026-06-02")
    assert actions.owe_by_year(by=system) == 1
    values = {"reason": "Kéo dài"} if close is excuse_obligation else {"on": date(2026, 6, 2)}
    close(owed("head.term_end").get(), by=system, **values)
    clock.set("2026-06-03")
    assert actions.owe_by_year(by=system) == 0


def test_the_election_of_a_head_whose_release_is_annulled_is_owed_again(officials, system, clock):
    write_roll(officials.village, 3)
    played.head(officials.village, system, term_until=date(2026, 4, 20))
    assert actions.owe_by_year(by=system) == 1
    head = released(officials.village, system)
    assert [row.state for row in owed("head.term_end")] == ["excused"]
    annulled(head, system)
    assert [actions.owe_by_year(by=system) for _again in range(2)] == [1, 0]
    assert [row.state for row in owed("head.term_end")] == ["excused", "open"]


def test_nobody_but_the_system_owes_by_the_year(officials):
    with pytest.raises(Denied):
        actions.owe_by_year(by=officials.by["clerk"])
