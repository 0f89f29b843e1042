"""Groups of opinion against planted ones; every number of the picture against a count by hand."""

from random import Random

import pytest

from danchu.consultation.group_picture import DIFFERS, HOLDS, account_of, picture_of
from danchu.consultation.opinion_groups import groups_of, moved, tally_of
from danchu.consultation.votes import CHOICES, FEWEST_PEOPLE, FEWEST_VOTES
from tests.consultation.planted import adjusted_rand, planted


@pytest.fixture(scope="module")
def votes_and_truth():
    return planted(360, 180, 12_000)


@pytest.fixture(scope="module")
def votes(votes_and_truth):
    return votes_and_truth[0]


@pytest.fixture(scope="module")
def tally(votes):
    return tally_of(votes)


@pytest.fixture(scope="module")
def label(tally, votes):
    return groups_of(tally, votes)


@pytest.fixture(scope="module")
def by_hand(tally, votes, label):
    """[by group, who is in no group last] {statement: [how many agree, pass, disagree]}."""
    counts = [{} for _ in range(tally.number + 1)]
    for person, statement, vote in votes:
        cell = counts[label.get(person, tally.number)].setdefault(statement, [0, 0, 0])
        cell[CHOICES.index(vote)] += 1
    return counts


@pytest.mark.parametrize("groups", [2, 3])
def test_the_planted_groups_come_back(groups):
    votes, truth = planted(360, 180, 12_000, groups)
    label = groups_of(tally_of(votes), votes)
    people = sorted(label)
    ours, theirs = [label[one] for one in people], [truth[one] for one in people]
    assert adjusted_rand(ours, theirs) >= 0.95


def test_where_all_think_alike_there_are_no_groups():
    assert tally_of(planted(360, 180, 12_000, 1)[0]) is None


def same(one, other):
    """Whether two counts are equal in all they hold."""
    pairs = zip(vars(one).values(), vars(other).values(), strict=True)
    return all(first.tolist() == second.tolist() for first, second in pairs)


def test_the_order_in_which_votes_came_changes_nothing(votes, tally):
    shuffled = list(votes)
    Random(3).shuffle(shuffled)
    assert same(tally_of(shuffled), tally)


def test_whoever_voted_little_is_in_no_group(votes, label, tally):
    for person in {person for person, _statement, _vote in votes}:
        number = sum(1 for one, _statement, _vote in votes if one == person)
        assert (person in label) == (number >= FEWEST_VOTES)
    sizes = [list(label.values()).count(group) for group in range(tally.number)]
    assert tally.people.tolist()[:-1] == sizes == sorted(sizes, reverse=True)


def test_of_two_votes_of_one_person_the_last_counts_and_few_people_make_no_groups(votes, tally):
    turned = [(p, s, -v) for p, s, v in votes]
    assert same(tally_of([*turned, *votes]), tally)
    assert tally_of([vote for vote in votes if vote[0] < 9]) is None
    assert tally_of([]) is None


def test_the_votes_of_each_group_are_counted(tally, by_hand):
    for place, statement in enumerate(tally.statements.tolist()):
        for group, cells in enumerate(by_hand):
            assert tally.cast[group, place].tolist() == cells.get(statement, [0, 0, 0])


def test_what_a_group_holds_is_a_count_of_at_least_five_on_both_sides(tally, by_hand):
    for number, group in enumerate(picture_of(account_of(tally)).groups):
        assert group.people == tally.people[number] and group.stands
        for stand in group.stands:
            own = by_hand[number][stand.statement]
            others = [by_hand[one].get(stand.statement) for one in range(3) if one != number]
            others = [one for one in others if one and sum(one) >= FEWEST_PEOPLE]
            assert sum(own) == stand.voters >= FEWEST_PEOPLE
            assert (own[0], own[2]) == (stand.agree, stand.disagree)
            possible = [one[0] / sum(one) for one in others]
            possible.append(sum(one[0] for one in others) / sum(map(sum, others)))
            assert stand.elsewhere in possible
            assert abs(stand.agree / stand.voters - stand.elsewhere) >= DIFFERS


def test_what_all_share_is_held_by_each_group(tally, by_hand):
    shared = picture_of(account_of(tally)).shared
    assert shared
    for statement in shared:
        for cells in by_hand[:-1]:
            agree, passed, disagree = cells[statement]
            assert agree + passed + disagree >= FEWEST_PEOPLE
            assert agree >= HOLDS * (agree + passed + disagree)


def test_later_votes_move_the_count_as_a_whole_count_by_the_same_groups_would(votes):
    """The oracle counts everything again, with people put where their votes are likeliest."""
    first = tally_of(votes[:11_000])
    voters = {person for person, _statement, _vote in votes[11_000:]}
    again = [(person, 999, 1) for person in sorted(voters)[:20]]  # on a statement that is new
    before = [vote for vote in votes[:11_000] if vote[0] in voters]
    after = [*(vote for vote in votes if vote[0] in voters), *again]
    now = moved(first, before, after)
    label = groups_of(first, [*votes, *again])
    for group in range(first.number + 1):
        inside = [one for one in [*votes, *again] if label.get(one[0], first.number) == group]
        assert now.people[group] == len({person for person, _statement, _vote in inside})
        for statement in (3, 77, 999):
            cast = [vote for _person, one, vote in inside if one == statement]
            place = now.statements.tolist().index(statement)
            assert now.cast[group, place].tolist() == [cast.count(choice) for choice in CHOICES]


def test_a_count_made_anew_keeps_the_groups_in_their_places(votes, tally):
    first = tally_of(votes[:11_000])
    turned = type(first)(
        first.statements, first.likely[[2, 0, 1]], first.cast[[2, 0, 1, 3]], first.people
    )
    assert adjusted_same(groups_of(tally_of(votes, turned), votes), groups_of(turned, votes))


def adjusted_same(one, other):
    """Whether nearly everybody has the same number in both."""
    return sum(one[person] == other.get(person) for person in one) >= 0.95 * len(one)
