"""Votes of households: the thresholds of all households, who is present, ballots counted by two,
and what may go wrong on the way.
"""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from danchu.decision import actions
from danchu.decision.latest import names_in
from danchu.decision.lives import State
from danchu.decision.models import BallotCount, HouseholdVote, RollChange, RollEntry
from danchu.decision.votes_shown import votes_of
from danchu.kernel.refusals import Refused
from danchu.obligations.models import Obligation
from danchu.units.actions import merge_villages, open_village
from tests.decision import played
from tests.decision.played import (
    ISSUED,
    MEETS,
    NOTICED,
    PROPOSED,
    SINCE,
    UNTIL,
    count,
    decided_by_meeting,
    fallen_short,
    latest,
    propose,
    write_roll,
)

pytestmark = pytest.mark.digested

# rules.md 1.3: all households, needed for more than half, needed for two thirds.
# The rest of that table is asked of the engine alone, in tests/law/test_decision.py.
NEEDED = [(1, 1, 1), (99, 50, 66), (201, 101, 134)]
# Worked out apart from the product: small villages, where each household decides.
SMALL = [
    (total, half, thirds)
    for total in (2, 3)
    for half in [next(n for n in range(total + 1) if n > total - n)]
    for thirds in [next(n for n in range(total + 1) if n + n + n >= total + total)]
]


def refused_field(act, *arguments, **values):
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act(*arguments, **values)
    return refusal.value.every[0].field


@pytest.mark.parametrize(("total", "half", "thirds"), [*NEEDED, *SMALL])
def test_the_threshold_is_of_all_households_of_the_village(officials, system, total, half, thirds):
    write_roll(officials.village, total)
    for item, needed in ((6, half), (1, thirds)):
        passed = decided_by_meeting(officials.village, system, total, needed, item)
        failed = decided_by_meeting(officials.village, system, total, needed - 1, item)
        assert (passed.state, failed.state) == (State.PASSED, State.NOT_PASSED)
        assert (passed.yes, passed.households) == (needed, total)


def test_a_tie_does_not_pass(officials, system):
    write_roll(officials.village, 10)
    assert decided_by_meeting(officials.village, system, 10, 5, 6).state == State.NOT_PASSED


def test_a_meeting_that_fell_short_opens_the_ballot_and_one_that_did_not_agree_does_not(
    officials, system
):
    write_roll(officials.village, 9)
    short = fallen_short(officials.village, system, 5)
    assert short.state == State.SHORT
    assert played.ballots_out(short, system).state == State.BALLOTING
    against = decided_by_meeting(officials.village, system, 6, 5)
    assert against.state == State.NOT_PASSED
    with pytest.raises(Refused):
        played.ballots_out(against, system)


def test_where_too_few_attend_nobody_votes_and_where_enough_do_the_meeting_is_not_short(
    officials, system
):
    write_roll(officials.village, 9)
    few = played.choose(played.meet(propose(officials.village, system), system, 5), system)
    with pytest.raises(Refused):
        played.vote(few, system, 5)
    enough = played.meet(propose(officials.village, system), system, 6)
    with pytest.raises(Refused):
        actions.close_short_meeting(enough, by=system)
    assert not HouseholdVote.objects.exclude(outcome="").exists()


def test_only_an_own_matter_may_be_balloted_without_a_meeting_and_the_refusal_names_the_article(
    officials, system
):
    write_roll(officials.village, 3)
    assert played.ballots_out(propose(officials.village, system, 6), system).state == "balloting"
    for item in (1, 2, 3, 4, 5):
        with pytest.raises(Refused) as refusal:
            played.ballots_out(propose(officials.village, system, item), system)
        assert "59/2023" in str(refusal.value)


def test_the_page_explains_in_whole_numbers_with_the_article(officials, system):
    write_roll(officials.village, 9)
    decision = decided_by_meeting(officials.village, system, 9, 5)
    [shown] = votes_of(decision)
    assert "3 × 5 = 15 < 2 × 9 = 18" in shown.why and "Điều 21 khoản 1" in shown.why


def test_a_notice_that_comes_too_late_is_refused_on_its_field(officials, system):
    write_roll(officials.village, 3)
    decision = propose(officials.village, system)
    late = {"on": MEETS - timedelta(days=1), "planned_on": MEETS}
    assert refused_field(actions.announce_meeting, decision, by=system, **late) == "planned_on"
    in_time = {"on": MEETS - timedelta(days=2), "planned_on": MEETS}
    papers = {**in_time, "papers_on": MEETS - timedelta(days=1)}
    assert refused_field(actions.announce_meeting, decision, by=system, **papers) == "papers_on"
    assert actions.announce_meeting(decision, by=system, **in_time).state == State.ANNOUNCED


def test_secretary_way_and_board_need_more_than_half_of_those_present(officials, system):
    write_roll(officials.village, 9)
    decision = played.meet(propose(officials.village, system), system, 8)
    given = {"secretary": "Thư", "secretary_yes": 5, "way": "hands", "way_yes": 5}
    given |= {"team": played.TEAM, "team_yes": 5}
    for field, wrong in (
        ("secretary_yes", 4),
        ("way_yes", 4),
        ("team_yes", 4),
        ("team_yes", 9),
        ("team", "Một\nHai"),
        ("team", "1\n2\n3\n4\n5\n6"),
    ):
        values = {**given, field: wrong}
        assert refused_field(actions.choose_procedure, decision, by=system, **values) == field
    with pytest.raises(Refused):
        played.vote(decision, system, 8)  # nothing was chosen yet
    assert actions.choose_procedure(decision, by=system, **given).state == State.MEETING


def test_a_secret_vote_is_witnessed_by_two_households(officials, system):
    write_roll(officials.village, 3)
    decision = played.meet(propose(officials.village, system), system, 3)
    decision = played.choose(decision, system, "secret")
    counts = {"yes": 2, "no": 0, "other": 0, "blank": 1}
    one = {**counts, "witnesses": "Một"}
    assert refused_field(actions.vote_in_meeting, decision, by=system, **one) == "witnesses"
    two = {**counts, "witnesses": "Một\nHai"}
    assert actions.vote_in_meeting(decision, by=system, **two).state == State.PASSED


def test_no_more_votes_than_representatives(officials, system):
    write_roll(officials.village, 3)
    decision = played.choose(played.meet(propose(officials.village, system), system, 2), system)
    values = {"yes": 2, "no": 1, "other": 0}
    assert refused_field(actions.vote_in_meeting, decision, by=system, **values) == "yes"


def test_a_household_counts_once_however_often_it_is_written(officials, system):
    write_roll(officials.village, 3)
    decision = played.meet(propose(officials.village, system), system, 2)
    entry = RollEntry.objects.filter(present_at__isnull=False).first()
    actions.attend_meeting(decision, by=system, entries=[entry.pk, entry.pk])
    assert latest(decision).attending == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        RollEntry.objects.create(vote=entry.vote, household=entry.household, is_represented=True)
    actions.strike_attendance(decision, by=system, entry=entry.pk)
    assert latest(decision).attending == 1


def test_one_person_may_represent_two_households_each_of_which_counts(officials, system):
    one, _two, _three = write_roll(officials.village, 3)
    values = {"ground": "Hộ ông An cử", "address": "", "reason": "Chủ hộ ốm"}
    actions.correct_household(one, by=system, representative="Người Đại Diện 2", **values)
    assert decided_by_meeting(officials.village, system, 2, 2).state == State.PASSED


def test_households_without_a_representative_count_in_the_denominator(officials, system):
    write_roll(officials.village, 2)
    actions.enter_household(by=system, unit=officials.village, number=3, since=SINCE)
    decision = decided_by_meeting(officials.village, system, 2, 2)
    vote = latest(decision)
    assert (vote.households, vote.unrepresented, decision.state) == (3, 1, State.PASSED)


def test_what_changes_after_freezing_is_listed_and_alters_nothing(officials, system, clock):
    one, two, _three = write_roll(officials.village, 3)
    decision = played.meet(propose(officials.village, system), system, 3)
    clock.forward(hours=1)
    actions.leave_roll(one, by=system, on=MEETS, reason="Không còn ai")
    actions.enter_household(by=system, unit=officials.village, number=9, since=MEETS)
    other = open_village(officials.here, by=system, name="Tổ 6", kind="thon", since=SINCE)
    actions.move_household(two, by=system, unit=other, number=1, on=MEETS, reason="Chuyển nhà")
    decision = played.vote(played.choose(decision, system), system, 2)
    assert (decision.households, decision.state) == (3, State.PASSED)
    assert RollChange.objects.filter(made_at__gt=latest(decision).frozen_at).count() == 4
    vote = latest(decision)
    for change in ({"households": 2}, {"yes": 3}):
        with pytest.raises(Exception, match="never change"), transaction.atomic():
            HouseholdVote.objects.filter(pk=vote.pk).update(**change)


def test_a_household_that_splits_before_the_day_counts_as_two(officials, system):
    write_roll(officials.village, 2)
    actions.enter_household(
        by=system, unit=officials.village, number=3, since=MEETS, representative="Con trai"
    )
    decision = played.meet(propose(officials.village, system), system, 0)
    assert latest(decision).households == 3


def test_a_village_that_merged_between_notice_and_vote_does_not_vote(officials, system):
    write_roll(officials.village, 3)
    other = open_village(officials.here, by=system, name="Tổ 6", kind="thon", since=SINCE)
    decision = actions.announce_meeting(
        propose(officials.village, system), by=system, on=NOTICED, planned_on=MEETS
    )
    merge_villages(
        [officials.village, other], by=system, name="Tổ 56", kind="thon", on=date(2026, 1, 8)
    )
    with pytest.raises(Refused, match="đã nhập hoặc chia"):
        actions.open_meeting(decision, by=system, chair="Trưởng")
    withdrawn = actions.withdraw_decision(decision, by=system, reason="Nhập tổ")
    assert withdrawn.state == State.WITHDRAWN


def test_ballots_count_when_two_people_come_to_the_same_numbers(officials, system):
    write_roll(officials.village, 9)
    clerk, head = officials.by["clerk"], officials.by["head"]
    decision = played.ballots_out(fallen_short(officials.village, system, 2), system)
    assert count(decision, clerk, 6).state == State.BALLOTING
    assert count(decision, clerk, 6).state == State.BALLOTING  # the same person again
    assert count(decision, head, 5).state == State.BALLOTING
    decision = count(decision, head, 6)
    assert (decision.state, decision.yes, decision.settled_on) == (State.PASSED, 6, UNTIL)
    assert BallotCount.objects.count() == 2
    with pytest.raises(Refused):
        count(decision, clerk, 9)


def test_each_sheet_of_a_ballot_is_one_thing_and_late_ones_are_none(officials, system):
    write_roll(officials.village, 9)
    by = officials.by
    decision = played.ballots_out(fallen_short(officials.village, system, 2), system)
    more = {"returned": 8, "blank": 1, "unreadable": 1, "double": 1, "foreign": 2, "late": 1}
    for role in ("clerk", "head"):
        decision = count(decision, by[role], 5, **more)
    vote = latest(decision)
    assert (vote.yes, vote.no, vote.returned, vote.late, vote.foreign) == (5, 0, 8, 1, 2)
    assert decision.state == State.NOT_PASSED


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"issued": 10}, "issued"),
        ({"returned": 10, "no": 5}, "returned"),
        ({"no": 5}, "returned"),
        ({"yes": 3}, "returned"),
    ],
)
def test_numbers_that_cannot_be_are_refused_on_their_field(officials, system, wrong, field):
    write_roll(officials.village, 9)
    decision = played.ballots_out(fallen_short(officials.village, system, 2), system)
    counts = {**played.EMPTY, "issued": 9, "returned": 9, "yes": 5, "no": 4, **wrong}
    assert refused_field(actions.count_ballots, decision, by=system, **counts) == field
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotCount.objects.create(
            vote=latest(decision),
            households=9,
            made_by="x",
            made_at=latest(decision).made_at,
            **counts,
        )


def test_ballots_are_not_counted_before_their_last_day_nor_issued_after_it(
    officials, system, clock
):
    write_roll(officials.village, 9)
    short = fallen_short(officials.village, system, 2)
    given = {"on": played.BALLOT_NOTICED, "since": ISSUED, "team": played.TEAM}
    planned = actions.plan_ballot(short, by=system, until=date(2026, 4, 1), **given)
    decision = actions.issue_ballots(planned, by=system, on=ISSUED)
    actions.hand_out_ballots(decision, by=system, entries=played.entries_of(decision))
    with pytest.raises(Refused, match="Chỉ kiểm phiếu từ ngày"):
        count(decision, system, 6)
    short = fallen_short(officials.village, system, 2)
    planned = actions.plan_ballot(short, by=system, until=UNTIL, **given)
    late = {"on": UNTIL + timedelta(days=1)}
    assert refused_field(actions.issue_ballots, planned, by=system, **late) == "on"


@pytest.mark.parametrize("twice", ["Trần Hòa", "TRẦN HOÀ", "trần  hòa"])
def test_a_name_that_stands_twice_is_no_second_person(twice):
    assert names_in("Trần Hòa\nTrần Hoa\nTrần Hoá") == ["Trần Hòa", "Trần Hoa", "Trần Hoá"]
    with pytest.raises(Refused) as refusal:
        names_in(f"Trần Hòa\nLê Tư\n{twice}", "witnesses")
    assert refusal.value.field == "witnesses"


def test_a_late_notice_of_ballots_and_a_small_team_are_refused(officials, system):
    write_roll(officials.village, 9)
    short = fallen_short(officials.village, system, 2)
    given = {"on": played.BALLOT_NOTICED, "since": ISSUED, "until": UNTIL, "team": played.TEAM}
    for field, wrong in (
        ("since", played.BALLOT_NOTICED + timedelta(days=1)),
        ("until", ISSUED - timedelta(days=1)),
        ("team", "Một\nHai"),
        ("on", MEETS - timedelta(days=1)),
    ):
        values = {**given, field: wrong}
        assert refused_field(actions.plan_ballot, short, by=system, **values) == field


def test_an_initiative_needs_a_tenth_of_the_households_with_consents_that_live(officials, system):
    write_roll(officials.village, 21)
    given = {"proposer": "initiative", "proposed_on": date(2026, 2, 28)}
    # Three months to the day: given on 28/11 it lives on 28/02, given a day earlier it does not.
    enough = "1 28/11/2025\n2 01/12/2025\n3 27/02/2026"
    decision = propose(officials.village, system, consents=enough, **given)
    assert (decision.consents_alive, decision.households_then) == (3, 21)
    for consents in (
        "1 27/11/2025\n2 01/12/2025\n3 27/02/2026",
        "1 01/12/2025\n2 01/12/2025",
        "1 01/12/2025\n1 02/12/2025\n2 01/12/2025",
        "22 01/12/2025\n2 01/12/2025\n3 01/12/2025",
        "1 01/03/2026\n2 01/12/2025\n3 01/12/2025",
        "không",
        "",
    ):
        field = refused_field(propose, officials.village, system, consents=consents, **given)
        assert field == "consents", consents
    endorsed = propose(officials.village, system, proposer="front")
    assert endorsed.state == State.PROPOSED


def test_votes_before_the_law_of_2022_are_not_judged(officials, system, country, clock):  # noqa: F811
    write_roll(officials.village, 3)
    with pytest.raises(Refused):
        propose(officials.village, system, proposed_on=date(2023, 6, 1))


def test_what_passed_is_owed_to_the_commune_within_five_working_days(officials, system):
    write_roll(officials.village, 3)
    decided_by_meeting(officials.village, system, 3, 3)  # Saturday 10/01/2026
    obligation = Obligation.objects.get(subject_kind="household_decision")
    assert (obligation.rule.key, obligation.due_on) == ("decision.send", date(2026, 1, 16))
    decided_by_meeting(officials.village, system, 3, 0)
    assert Obligation.objects.count() == 1


@pytest.mark.parametrize(("item", "recogniser"), [(3, "committee"), (4, "committee"), (5, "front")])
def test_matters_three_to_five_wait_for_who_recognises_them(officials, system, item, recogniser):
    write_roll(officials.village, 3)
    decision = decided_by_meeting(officials.village, system, 3, 3, item)
    decision = actions.send_decision(decision, by=system, on=date(2026, 1, 15))
    assert (decision.state, decision.recogniser) == (State.SENT, recogniser)
    obligation = Obligation.objects.open().get()
    assert (obligation.rule.key, obligation.unit) == ("decision.recognise", officials.here)
    assert obligation.due_on == decision.recognise_due == date(2026, 1, 22)
    on = date(2026, 1, 23)
    decision = actions.recognise_decision(decision, by=system, on=on, document="1/QĐ")
    assert (decision.state, decision.in_force_on, decision.in_time) == (State.IN_FORCE, on, False)
    assert not Obligation.objects.open().exists()


@pytest.mark.parametrize("item", [1, 2, 6])
def test_other_matters_are_in_force_from_the_day_of_the_vote(officials, system, item):
    write_roll(officials.village, 3)
    decision = decided_by_meeting(officials.village, system, 3, 3, item)
    decision = actions.send_decision(decision, by=system, on=date(2026, 1, 15))
    assert (decision.state, decision.in_force_on) == (State.IN_FORCE, MEETS)
    decision = actions.post_result(decision, by=system, on=date(2026, 1, 16))
    done = actions.carry_out(decision, by=system, on=date(2026, 2, 1), result="Đã làm xong.")
    assert (done.state, done.posted_on) == (State.DONE, date(2026, 1, 16))


def test_a_refusal_says_why_and_an_annulment_ends_what_is_owed(officials, system):
    write_roll(officials.village, 3)
    decision = decided_by_meeting(officials.village, system, 3, 3, 3)
    annulled = actions.annul_decision(
        decided_by_meeting(officials.village, system, 3, 3, 4),
        by=system,
        document="2/QĐ",
        reason="Sai trình tự",
    )
    assert annulled.state == State.ANNULLED
    decision = actions.send_decision(decision, by=system, on=date(2026, 1, 15))
    values = {"on": date(2026, 1, 20), "document": "3/UBND"}
    assert (
        refused_field(actions.refuse_decision, decision, by=system, reason=" ", **values)
        == "reason"
    )
    decision = actions.refuse_decision(decision, by=system, reason="Trái luật", **values)
    assert (decision.state, decision.in_time) == (State.REFUSED, True)
    assert not Obligation.objects.open().exists()


def test_works_add_up(officials, system):
    write_roll(officials.village, 3)
    decision = decided_by_meeting(officials.village, system, 3, 3)
    given = {"options": 2, "money": 60, "labour_days": 9, "land": 120, "budget": 30, "other": 10}
    assert refused_field(actions.note_works, decision, by=system, value=99, **given) == "value"
    decision = actions.note_works(decision, by=system, value=100, **given)
    assert (decision.value, decision.is_contributed) == (100, True)


def test_no_row_links_a_household_to_a_choice(officials, system):
    write_roll(officials.village, 9)
    decision = played.ballots_out(fallen_short(officials.village, system, 2), system)
    count(decision, system, 6)
    assert {field.name for field in RollEntry._meta.fields} == {
        *("id", "vote", "household", "is_represented", "present_at", "issued_at", "is_online"),
        "cluster",
    }
    assert "household" not in {field.name for field in BallotCount._meta.fields}
    assert PROPOSED < NOTICED
