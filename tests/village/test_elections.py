"""Elections of heads: the days of the law, candidates, the vote of the whole roll, recognition."""

from datetime import date, timedelta
from itertools import product

import pytest

from danchu.decision import actions as decisions
from danchu.decision.lives import State
from danchu.decision.models import HouseholdVote
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.obligations.models import Obligation
from danchu.units.actions import merge_villages, open_village
from danchu.village import actions
from danchu.village.lives import ElectionState
from danchu.village.models import CandidateCount, HeadElection, VillageHead
from tests.decision import played as matters
from tests.decision.played import write_roll
from tests.decision.test_votes import refused_field
from tests.village import played

pytestmark = pytest.mark.digested


def elected_by_hand(households, numbers):
    """Who is elected, worked out by going through the households one by one: None for nobody."""
    ballots = [place for place, number in enumerate(numbers) for _one in range(number)]
    for place in range(len(numbers)):
        others = households - ballots.count(place)
        if ballots.count(place) > others:
            return place
    return None


SMALL = [
    (households, numbers)
    for households in (1, 2, 3)
    for numbers in product(range(households + 1), repeat=2)
    if sum(numbers) <= households
]


@pytest.mark.parametrize(
    ("households", "numbers"), [*SMALL, (9, (4, 4)), (9, (5, 4)), (10, (5, 5))]
)
def test_whom_more_than_half_of_all_households_choose_is_elected(
    officials, system, households, numbers
):
    write_roll(officials.village, households)
    election = played.voted(officials.village, system, households, *numbers)
    place = elected_by_hand(households, numbers)
    assert (election.state == ElectionState.ELECTED) == (place is not None)
    if place is not None:
        decision = decisions.send_decision(election.decision, by=system, on=played.SENT)
        decisions.recognise_decision(decision, by=system, on=played.RECOGNISED, document="1")
        head = VillageHead.objects.get()
        assert (head.name, head.since) == (played.NAMES[place], played.RECOGNISED)
        assert head.term_until == played.TERM_UNTIL


def test_between_two_with_as_many_households_nobody_is_elected(officials, system):
    write_roll(officials.village, 8)
    election = played.voted(officials.village, system, 8, 4, 4)
    assert election.state == ElectionState.NOT_ELECTED
    assert election.decision.state == State.NOT_PASSED
    assert not VillageHead.objects.exists()


@pytest.mark.parametrize("late", [0, 1])
def test_the_plan_comes_twenty_days_before(officials, system, late):
    on = played.VOTES_ON - timedelta(days=20 - late)
    if late:
        field = refused_field(played.plan, officials.village, system, plan_on=on)
        assert field == "planned_on"
    else:
        assert played.plan(officials.village, system, plan_on=on).plan_on == on


def test_candidates_team_and_posting_are_owed_with_their_owner_and_day(
    officials, system, committee
):
    played.plan(officials.village, system)
    owed = {
        one.rule.key: (one.due_on, one.unit, one.body)
        for one in Obligation.objects.filter(subject_kind="head_election")
    }
    day, here, village = played.VOTES_ON, officials.here, officials.village
    assert owed == {
        "election.candidates": (day - timedelta(days=15), village, None),
        "election.team": (day - timedelta(days=10), here, committee),
        "election.posting": (day - timedelta(days=7), here, committee),
    }


def test_each_step_before_the_vote_meets_what_is_owed_and_late_is_late(officials, system):
    election = played.nominated(officials.village, system)
    actions.send_candidates(election, by=system, on=played.CANDIDATES_ON + timedelta(days=5))
    actions.set_team(election, by=system, on=played.TEAM_ON, team=played.TEAM)
    actions.post_election(election, by=system, on=played.POSTED_ON)
    states = dict(Obligation.objects.values_list("rule__key", "state"))
    assert states == {
        "election.candidates": "late",
        "election.team": "met",
        "election.posting": "met",
    }


def test_nothing_is_posted_without_a_candidate_and_a_team(officials, system):
    election = played.plan(officials.village, system)
    with pytest.raises(Refused, match="ứng cử"):
        actions.post_election(election, by=system, on=played.POSTED_ON)
    actions.nominate(
        election, by=system, name=played.NAMES[0], born_on=date(1980, 1, 1), source="self"
    )
    with pytest.raises(Refused, match="Tổ bầu cử"):
        actions.post_election(election, by=system, on=played.POSTED_ON)


def test_who_stands_is_not_in_the_team(officials, system):
    election = played.nominated(officials.village, system)
    for name in (played.NAMES[0], played.NAMES[0].upper()):
        team = f"{name}\nĐỗ Văn Tổ"
        field = refused_field(actions.set_team, election, by=system, on=played.TEAM_ON, team=team)
        assert field == "team"
    actions.set_team(election, by=system, on=played.TEAM_ON, team=played.TEAM)
    election.refresh_from_db()
    values = {"born_on": date(1980, 1, 1), "source": "self"}
    member = played.TEAM.splitlines()[1]
    assert refused_field(actions.nominate, election, by=system, name=member, **values) == "name"


def test_one_person_stands_once_however_the_name_is_typed(officials, system):
    election = played.nominated(officials.village, system)
    values = {"born_on": date(1970, 5, 1), "source": "self"}
    again = played.NAMES[1].upper()
    assert refused_field(actions.nominate, election, by=system, name=again, **values) == "name"
    actions.nominate(election, by=system, name="Lê Thị Bình", **values)


def test_no_meeting_opens_before_the_election_was_posted(officials, system):
    write_roll(officials.village, 3)
    election = played.nominated(officials.village, system)
    with pytest.raises(Refused, match="niêm yết"):
        played.meeting(election, system, 3)


def test_somebody_may_be_named_in_the_meeting_itself(officials, system):
    write_roll(officials.village, 3)
    election = played.ready(officials.village, system, 3, 1)
    values = {"by": system, "name": "Ngô Văn Mậu", "born_on": date(1985, 1, 1)}
    assert refused_field(actions.nominate, election, source="front", **values) == "source"
    actions.nominate(election, source="meeting", **values)
    chosen = played.chosen(election, 1, 2)
    election = actions.vote_election(election, by=system, chosen=chosen, against=0)
    assert election.state == ElectionState.ELECTED


@pytest.mark.parametrize(("born_on", "field"), [("2005-09-12", None), ("2005-09-13", "born_on")])
def test_the_age_is_asked_by_the_law_of_the_day_and_to_the_day(
    officials, system, clock, born_on, field
):
    clock.set("2026-08-20")
    election = played.plan(
        officials.village, system, plan_on=date(2026, 8, 20), planned_on=date(2026, 9, 12)
    )
    values = {"by": system, "name": "Lý Văn Trẻ", "source": "self"}
    born = date.fromisoformat(born_on)
    if field:
        assert refused_field(actions.nominate, election, born_on=born, **values) == field
    else:
        actions.nominate(election, born_on=born, **values)


@pytest.mark.parametrize(("until", "field"), [("2032-03-12", None), ("2032-03-13", "term_until")])
def test_a_term_is_five_years_and_six_months_at_most(officials, system, clock, until, field):
    clock.set("2026-08-20")
    days = {"plan_on": date(2026, 8, 20), "planned_on": date(2026, 9, 12)}
    days["term_until"] = date.fromisoformat(until)
    if field:
        assert refused_field(played.plan, officials.village, system, **days) == field
    else:
        assert played.plan(officials.village, system, **days).pk


def test_the_matter_alone_may_not_be_voted_on_without_the_candidates(officials, system):
    write_roll(officials.village, 3)
    election = played.ready(officials.village, system, 3)
    with pytest.raises(Refused, match="từng người ứng cử"):
        matters.vote(election.decision, system, 3)


def balloting(village, by, households, candidates=2):
    """An election whose meeting fell short, so that ballots are handed out."""
    election = played.posted(village, by, candidates)
    decision = decisions.close_short_meeting(played.meeting(election, by, households // 2), by=by)
    decision = decisions.plan_ballot(
        decision,
        by=by,
        on=date(2026, 1, 25),
        since=date(2026, 1, 28),
        until=date(2026, 2, 1),
        team=matters.TEAM,
    )
    decision = decisions.issue_ballots(decision, by=by, on=date(2026, 1, 28))
    decisions.hand_out_ballots(decision, by=by, entries=matters.entries_of(decision))
    return HeadElection.objects.get(pk=election.pk)


def count(election, by, *numbers):
    households = HouseholdVote.objects.filter(decision=election.decision).last().households
    return actions.count_election(
        election,
        by=by,
        chosen=played.chosen(election, *numbers),
        against=households - sum(numbers),
        issued=households,
        returned=households,
    )


def test_ballots_follow_a_meeting_to_which_too_few_came_and_two_people_count_them(
    officials, system
):
    write_roll(officials.village, 9)
    election = balloting(officials.village, system, 9)
    clerk, front = officials.by["clerk"], officials.by["front"]
    election = count(election, clerk, 5, 3)
    assert election.state == ElectionState.POSTED
    with pytest.raises(Refused, match="khác nhau"):  # the same sums, another one leads
        count(election, front, 3, 5)
    assert not CandidateCount.objects.filter(made_by=front.key).exists()
    election = count(election, front, 5, 3)
    assert election.state == ElectionState.ELECTED
    assert election.decision.settled_by == "household_ballot"


def test_one_who_counts_alone_settles_no_election(officials, system):
    write_roll(officials.village, 9)
    election = balloting(officials.village, system, 9)
    clerk = officials.by["clerk"]
    for _again in range(2):
        assert count(election, clerk, 6, 3).state == ElectionState.POSTED
    with pytest.raises(Refused, match="từng người ứng cử"):
        matters.count(election.decision, officials.by["front"], 6)


def test_a_refusal_of_the_commune_makes_nobody_head(officials, system):
    write_roll(officials.village, 3)
    election = played.voted(officials.village, system, 3, 2, 1)
    decision = decisions.send_decision(election.decision, by=system, on=played.SENT)
    decisions.refuse_decision(
        decision, by=system, on=played.RECOGNISED, document="9/UBND", reason="Sai trình tự"
    )
    election.refresh_from_db()
    assert election.state == ElectionState.REFUSED and not VillageHead.objects.exists()


def test_an_election_that_is_withdrawn_owes_nothing_any_more(officials, system):
    election = played.plan(officials.village, system)
    decisions.withdraw_decision(election.decision, by=system, reason="Nhập tổ")
    election.refresh_from_db()
    assert election.state == ElectionState.CANCELLED
    assert not Obligation.objects.open().exists()


def test_an_annulled_election_ends_the_head_and_a_new_one_is_owed(officials, system):
    write_roll(officials.village, 3)
    head = played.recognised(officials.village, system, 3, 3)
    decisions.annul_decision(
        head.election.decision, by=system, document="30/QĐ", reason="Kiểm phiếu sai"
    )
    head.refresh_from_db()
    assert (head.until, head.ending) == (date(2026, 3, 2), "annulled")
    assert Obligation.objects.open().get().rule.key == "election.again"
    year = Period.year(2026)
    assert figure(INDICATORS["heads_released"], officials.here.pk, year, year.last).value == 0


@pytest.mark.case("FI7")
def test_an_election_is_annulled_on_the_day_on_which_it_was_recognised(officials, system):
    write_roll(officials.village, 3)
    head = played.recognised(officials.village, system, 3, 3, on=date(2026, 3, 2))
    decisions.annul_decision(
        head.election.decision, by=system, document="30/QĐ", reason="Kiểm phiếu sai"
    )
    head.refresh_from_db()
    assert (head.until, head.ending) == (date(2026, 3, 3), "annulled"), "who began today"


def test_a_village_that_was_merged_before_the_vote_elects_nobody(officials, system):
    other = open_village(
        officials.here, by=system, name="Tổ 6", kind="to_dan_pho", since=matters.SINCE
    )
    write_roll(officials.village, 4)
    election = played.posted(officials.village, system)
    merge_villages(
        [officials.village, other],
        by=system,
        name="Tổ 5 mới",
        kind="to_dan_pho",
        on=date(2026, 1, 20),
        decree="5/NQ-HĐND",
    )
    with pytest.raises(Refused, match="nhập"):
        played.meeting(election, system, 4)
