"""What a poll needs to pass is told before its result, and is what the result is judged by."""

import pytest

from danchu.conference.models import Poll
from danchu.conference.queries.hall_state import polls
from danchu.conference.votes.needed import rules_of
from danchu.conference.votes.verdict import judge_poll
from danchu.live.view_model.needs import needs_text
from danchu.live.wording import words
from tests.conference.voting import NO, OPTIONS, YES, country, hall, law, system, vault  # noqa: F401

pytestmark = pytest.mark.django_db
MAJORITY = {"threshold_rule": "vote.present.majority"}


def needs(hall, poll):
    return polls(hall.conference)[f"poll:{poll.pk}"].get("needs")


def sentences(hall, poll):
    return needs_text(needs(hall, poll), poll.options, words())


@pytest.mark.parametrize("rule", ["vote.present.majority", "vote.present.two_thirds"])
@pytest.mark.parametrize("present", [3, 4, 9])
def test_the_number_told_is_the_fewest_votes_that_pass(hall, rule, present):
    hall.add(present)
    hall.add(2, present=False)
    poll = hall.open(secrecy="named", threshold_rule=rule, quorum_rule="quorum.majority")
    rules = rules_of(poll)

    def passes(votes):
        counts = [votes, present - votes, 0]
        outcome = judge_poll(counts, YES, present, present + 2, *rules, poll.electorate).outcome
        return outcome == "passed"

    told = needs(hall, poll)
    fewest = next(votes for votes in range(present + 1) if passes(votes))
    assert (told["threshold"]["number"], told["threshold"]["whole"]) == (fewest, present)
    quorum = next(n for n in range(present + 3) if 2 * n > present + 2)
    assert (told["quorum"]["number"], told["quorum"]["whole"]) == (quorum, present + 2)


def test_all_who_are_entitled_are_the_whole_where_the_poll_says_so(hall):
    hall.add(2)
    hall.add(3, present=False)
    poll = hall.open(
        secrecy="named", electorate="entitled", threshold_rule="vote.entitled.majority"
    )
    assert (
        needs(hall, poll)["threshold"] | {"number": 3, "whole": 5} == needs(hall, poll)["threshold"]
    )
    assert sentences(hall, poll) == (
        "Được thông qua khi “Tán thành” đạt trên 1/2 tổng số người có quyền biểu quyết. "
        "Cần ít nhất 3 trên 5."
    )


def test_no_number_is_told_where_rooms_have_yet_to_count_their_heads(hall):
    hall.add(2)
    poll = hall.open(secrecy="named", franchise="rooms", **MAJORITY)
    assert needs(hall, poll)["threshold"]["number"] is None
    assert sentences(hall, poll) == (
        "Được thông qua khi “Tán thành” đạt trên 1/2 số người có mặt lúc mở biểu quyết."
    )


def test_a_poll_without_a_rule_says_so_and_a_declared_one_says_why_instead(hall):
    hall.add(3)
    poll = hall.open(secrecy="named")
    assert sentences(hall, poll) == "Không có ngưỡng phải đạt: kết quả là các con số."
    hall.vote(poll, [YES, YES, NO])
    hall.close(poll)
    assert needs(hall, poll) is not None
    hall.declare(Poll.objects.get(pk=poll.pk))
    assert needs(hall, poll) is None


def test_what_was_frozen_at_the_opening_is_told_and_an_option_with_marks_is_written_as_it_is(hall):
    hall.add(3)
    options = ["%(amount)s $& %s", *OPTIONS[1:]]
    poll = hall.draft(secrecy="named", options=options, **MAJORITY)
    assert [rule and rule.key for rule in rules_of(poll)] == [None, MAJORITY["threshold_rule"]]
    poll = hall.open(secrecy="named", options=options, **MAJORITY)
    assert "“%(amount)s $& %s” đạt trên 1/2" in sentences(hall, poll)
