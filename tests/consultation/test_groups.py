"""Groups of opinion against planted ones; every number of the picture against a count by hand."""

from random import Random

import pytest

from danchu.consultation.opinion_groups import DIFFERS, HOLDS, picture_of
from danchu.consultation.votes import FEWEST_PEOPLE, FEWEST_VOTES
from tests.consultation.planted import adjusted_rand, planted


@pytest.fixture(scope="module")
def votes_and_truth():
    return planted(360, 180, 12_000)


@pytest.fixture(scope="module")
def picture(votes_and_truth):
    return picture_of(votes_and_truth[0])


def labels_of(picture):
    return {person: n for n, group in enumerate(picture.groups) for person in group.people}


@pytest.mark.parametrize("groups", [2, 3])
def test_the_planted_groups_come_back(groups):
    votes, truth = planted(360, 180, 12_000, groups)
    label = labels_of(picture_of(votes))
    people = sorted(label)
    ours, theirs = [label[one] for one in people], [truth[one] for one in people]
    assert adjusted_rand(ours, theirs) >= 0.95


def test_where_all_think_alike_there_are_no_groups():
    assert picture_of(planted(360, 180, 12_000, 1)[0]) is None


def test_the_order_in_which_votes_came_changes_nothing(votes_and_truth, picture):
    votes = list(votes_and_truth[0])
    Random(3).shuffle(votes)
    assert picture_of(votes) == picture


def test_whoever_voted_little_is_in_no_group(votes_and_truth, picture):
    label = labels_of(picture)
    for person in {person for person, _statement, _vote in votes_and_truth[0]}:
        number = sum(1 for one, _statement, _vote in votes_and_truth[0] if one == person)
        assert (person in label) == (number >= FEWEST_VOTES)
        assert (person in picture.unplaced) == (number < FEWEST_VOTES)


def test_what_a_group_holds_is_a_count_of_at_least_five_on_both_sides(votes_and_truth, picture):
    label = labels_of(picture)
    for number, group in enumerate(picture.groups):
        assert len(group.people) >= FEWEST_PEOPLE and group.stands
        for stand in group.stands:
            cast = [(label.get(p), v) for p, s, v in votes_and_truth[0] if s == stand.statement]
            inside = [vote for one, vote in cast if one == number]
            outside = [vote for one, vote in cast if one not in (number, None)]
            assert len(inside) == stand.voters >= FEWEST_PEOPLE <= len(outside)
            assert (inside.count(1), inside.count(-1)) == (stand.agree, stand.disagree)
            assert stand.elsewhere == outside.count(1) / len(outside)
            assert abs(stand.agree / stand.voters - stand.elsewhere) >= DIFFERS


def test_what_all_share_is_held_by_each_group(votes_and_truth, picture):
    label = labels_of(picture)
    for statement in range(180):
        cast = [(label.get(p), v) for p, s, v in votes_and_truth[0] if s == statement]
        inside = [
            [vote for one, vote in cast if one == number] for number in range(len(picture.groups))
        ]
        holds = all(
            len(votes) >= FEWEST_PEOPLE and votes.count(1) >= HOLDS * len(votes) for votes in inside
        )
        assert (statement in picture.shared) == holds


def test_of_two_votes_of_one_person_the_last_counts_and_few_people_make_no_groups():
    votes, _truth = planted(360, 180, 12_000)
    turned = [(p, s, -v) for p, s, v in votes]
    assert picture_of([*turned, *votes]) == picture_of(votes)
    assert picture_of([vote for vote in votes if vote[0] < 9]) is None
