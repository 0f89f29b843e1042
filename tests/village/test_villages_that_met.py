"""How often villages met, through mergers: a village met when those that went into it met."""

from datetime import date

from danchu.figures.answer import figure
from danchu.figures.evidence import all_evidence
from danchu.kernel.days import Period
from danchu.people.actor import Actor
from danchu.units.actions import merge_villages, open_village
from danchu.units.models import Standing
from danchu.village.indicators import VILLAGES_MET
from danchu.village.meetings import conferences_met, days_met
from tests.decision import played as matters
from tests.village import played

YEAR = Period.year(2026)


def numbers(place):
    """{how often: how many villages}, each the sum of its rows."""
    counts = {}
    for level in VILLAGES_MET:
        answer = figure(level, place.pk, YEAR, YEAR.last)
        rows = all_evidence(level, place.pk, YEAR, YEAR.last, actor=Actor.system("test"))
        assert len(list(rows)) == answer.value
        counts[level.key.partition(".")[2]] = answer.value
    return counts


def test_a_village_met_when_those_that_went_into_it_met(officials, system, clock):
    opened = {"by": system, "kind": "to_dan_pho", "since": matters.SINCE}
    others = [open_village(officials.here, name=f"Tổ {n}", **opened) for n in (6, 7)]
    matters.write_roll(officials.village, 3)
    matters.write_roll(others[0], 3, first=10)
    meeting = matters.decided_by_meeting(officials.village, system, 3, 3).votes.get().held_on
    conference = played.held(others[0], system).held_on
    assert meeting.year == conference.year == 2026 and meeting != conference
    all_villages = Standing.objects.on(YEAR.last).filter(unit__level="village").count()
    assert numbers(officials.here) == {
        "once": 2,
        "twice": 0,
        "more": 0,
        "never": all_villages - 2,
    }
    clock.set("2026-06-01")
    whole = merge_villages(
        [officials.village, others[0]],
        by=system,
        name="Tổ 56",
        kind="to_dan_pho",
        on=date(2026, 5, 1),
    )
    assert numbers(officials.here) == {
        "once": 0,
        "twice": 1,
        "more": 0,
        "never": all_villages - 2,
    }
    assert days_met(YEAR, [whole.pk, others[1].pk]) == {whole.pk: sorted([meeting, conference])}
    assert conferences_met(YEAR, [whole.pk]) == {whole.pk: conference}
    clock.set("2026-09-01")
    again = merge_villages(
        [whole, others[1]], by=system, name="Tổ 567", kind="to_dan_pho", on=date(2026, 8, 1)
    )
    assert numbers(officials.here)["twice"] == 1
    assert days_met(YEAR, [again.pk]) == {again.pk: sorted([meeting, conference])}
    before = Period(YEAR.since, date(2026, 5, 1))
    [never] = [level for level in VILLAGES_MET if level.key.endswith("never")]
    assert figure(never, officials.here.pk, before, before.last).value == all_villages - 2


def test_a_day_on_which_several_of_them_met_is_one_day(officials, system, clock):
    opened = {"by": system, "kind": "to_dan_pho", "since": matters.SINCE}
    others = [open_village(officials.here, name=f"Tổ {n}", **opened) for n in (6, 7)]
    for number, village in enumerate((officials.village, others[1])):
        matters.write_roll(village, 3, first=1 + 10 * number)
        played.held(village, system)
    merged = {"by": system, "kind": "to_dan_pho"}
    clock.set("2026-09-01")
    whole = merge_villages(
        [officials.village, others[0]], name="Tổ 56", on=date(2026, 5, 1), **merged
    )
    again = merge_villages([whole, others[1]], name="Tổ 567", on=date(2026, 8, 1), **merged)
    [day] = days_met(YEAR, [again.pk])[again.pk]
    assert day.year == 2026
    assert (numbers(officials.here)["once"], numbers(officials.here)["twice"]) == (1, 0)
