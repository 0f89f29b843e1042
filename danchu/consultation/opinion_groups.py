"""Groups of opinion from agree, disagree and pass on many statements, with what each holds and what
all share.

A person is placed by how they vote, not by who they are. Only votes of people with an identity
belong here: texts without one are no people.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from danchu.consultation.group_finding import best_labels
from danchu.consultation.votes import CHOICES, FEWEST_PEOPLE, FEWEST_VOTES, Vote

# Shares from which a group holds a statement, and by which it differs from all others.
HOLDS, DIFFERS = 2 / 3, 0.25


@dataclass(frozen=True)
class Stand:
    """What a group holds of a statement: of `voters` in it `agree` agreed and `disagree` did not,
    against the share `elsewhere` that agreed in the other groups.
    """

    statement: int
    voters: int
    agree: int
    disagree: int
    elsewhere: float


@dataclass(frozen=True)
class Group:
    """People who vote alike, and the statements in which they differ from the others."""

    people: tuple[int, ...]
    stands: tuple[Stand, ...]


@dataclass(frozen=True)
class Picture:
    """The groups, largest first; `shared` are the statements that every group agrees with, and
    `unplaced` the people who voted too little to be placed.
    """

    groups: tuple[Group, ...]
    shared: tuple[int, ...]
    unplaced: tuple[int, ...]


def picture_of(votes: Iterable[Vote]) -> Picture | None:
    """The groups of whoever voted at least FEWEST_VOTES times; None where there are no two groups
    of at least FEWEST_PEOPLE that tell more of a vote than the whole does. Of two votes of a person
    on one statement the last counts.
    """
    last = {(person, statement): vote for person, statement, vote in votes}
    number_of: dict[int, int] = {}
    for person, _statement in last:
        number_of[person] = number_of.get(person, 0) + 1
    placed = sorted(person for person, number in number_of.items() if number >= FEWEST_VOTES)
    person_at = {person: place for place, person in enumerate(placed)}
    pairs = sorted(key for key in last if key[0] in person_at)
    names = sorted({statement for _person, statement in pairs})
    statement_at = {statement: place for place, statement in enumerate(names)}
    rows = [(person_at[p], statement_at[s], last[p, s]) for p, s in pairs]
    if len(placed) < 2 * FEWEST_PEOPLE:
        return None
    labels = best_labels(rows, len(placed), len(names))
    if labels is None:
        return None
    unplaced = tuple(sorted(set(number_of) - set(person_at)))
    return _picture(rows, labels, placed, names, unplaced)


def _picture(rows, labels, placed, names, unplaced):
    """The picture in the numbers of who asked, groups by size."""
    order = sorted(set(labels), key=lambda group: (-labels.count(group), labels.index(group)))
    rank = {group: place for place, group in enumerate(order)}
    counts = [[[0, 0, 0] for _ in names] for _ in order]
    for person, statement, vote in rows:
        counts[rank[labels[person]]][statement][CHOICES.index(vote)] += 1
    people = [[] for _ in order]
    for person, label in zip(placed, labels, strict=True):
        people[rank[label]].append(person)
    stands = [
        [
            one
            for place, statement in enumerate(names)
            if (one := _stand_of(statement, [group[place] for group in counts], number))
        ]
        for number in range(len(order))
    ]
    groups = tuple(
        Group(tuple(people[number]), tuple(sorted(stands[number], key=_by_difference)))
        for number in range(len(order))
    )
    shared = tuple(
        statement
        for place, statement in enumerate(names)
        if all(_is_held([group[place] for group in counts], number) for number in range(len(order)))
    )
    return Picture(groups, shared, unplaced)


def _is_held(counts, number):
    """Whether the group agrees with the statement, told of at least FEWEST_PEOPLE."""
    agree, voters = counts[number][0], sum(counts[number])
    return voters >= FEWEST_PEOPLE and agree >= HOLDS * voters


def _stand_of(statement, counts, number):
    """What the group holds of the statement; None where it does not differ, or of too few."""
    agree, _passed, disagree = counts[number]
    voters = sum(counts[number])
    others = [one for place, one in enumerate(counts) if place != number]
    other_voters = sum(map(sum, others))
    if min(voters, other_voters) < FEWEST_PEOPLE:
        return None
    elsewhere = sum(one[0] for one in others) / other_voters
    if abs(agree / voters - elsewhere) < DIFFERS:
        return None
    return Stand(statement, voters, agree, disagree, elsewhere)


def _by_difference(stand):
    """The order of what a group holds: what sets it most apart first."""
    return -abs(stand.agree / stand.voters - stand.elsewhere), stand.statement
