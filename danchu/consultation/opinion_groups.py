"""Groups of opinion from agree, disagree and pass on many statements.

A person is placed by how they vote, not by who they are. Only votes of people with an identity
belong here: texts without one are no people. What is kept of it tells of no single person:
whoever votes later is placed by it at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from danchu.consultation.group_finding import best_groups, placed
from danchu.consultation.vote_table import Table, table_of
from danchu.consultation.votes import CHOICES, FEWEST_PEOPLE, FEWEST_VOTES, Vote


@dataclass(frozen=True)
class Tally:
    """What groups hold. `statements` are ids in order; `likely` tells for each group how likely it
    votes (statements × choices, as logarithms); `cast` counts the votes of each group, those of
    whoever is in no group last; `people` counts these.
    """

    statements: np.ndarray
    likely: np.ndarray
    cast: np.ndarray
    people: np.ndarray

    @property
    def number(self) -> int:
        """How many groups there are."""
        return len(self.likely)


def tally_of(votes: Iterable[Vote], earlier: Tally | None = None) -> Tally | None:
    """The groups of whoever voted at least FEWEST_VOTES times, largest first; None where there are
    no two groups of at least FEWEST_PEOPLE that tell more of a vote than the whole does. Groups
    that are much the same as those of an `earlier` tally keep their place.
    """
    table, _people, statements = table_of(votes)
    is_placed = table.votes_of_people() >= FEWEST_VOTES
    if np.count_nonzero(is_placed) < 2 * FEWEST_PEOPLE:
        return None
    likely = best_groups(_people_of(table, is_placed))
    if likely is None:
        return None
    labels = _labels(table, likely)
    number = len(likely)
    order = np.argsort(-np.bincount(labels, minlength=number + 1)[:number], kind="stable")
    if earlier is not None and earlier.number == number:
        order = _order_before(table, labels, statements, earlier)
    return _counted(table, statements, likely[order])


def moved(tally: Tally, before: Iterable[Vote], after: Iterable[Vote]) -> Tally:
    """The tally when some people voted anew: `before` and `after` are all their votes then and now.
    How likely the groups vote stays as it was counted last.
    """
    table, _people, statements = table_of(after, tally.statements)
    wider = _widened(tally, statements)
    earlier, _people, _statements = table_of(before, statements)
    out, into = (_counted(one, statements, wider.likely) for one in (earlier, table))
    return replace(
        wider,
        cast=wider.cast - out.cast + into.cast,
        people=wider.people - out.people + into.people,
    )


def groups_of(tally: Tally, votes: Iterable[Vote]) -> dict[int, int]:
    """{person: their group}, without who is in no group."""
    table, people, statements = table_of(votes, tally.statements)
    labels = _labels(table, _widened(tally, statements).likely)
    return {
        person: group
        for person, group in zip(people.tolist(), labels.tolist(), strict=True)
        if group < tally.number
    }


def _people_of(table, chosen):
    """The table of the chosen people, numbered among themselves, with the same statements."""
    votes = table.part(chosen[table.person])
    place = (np.cumsum(chosen) - 1)[votes.person]
    return Table(place, votes.statement, votes.choice, np.count_nonzero(chosen), table.statements)


def _labels(table, likely):
    """The group of each person, the number of groups for who voted too little."""
    return np.where(table.votes_of_people() >= FEWEST_VOTES, placed(table, likely), len(likely))


def _counted(table, statements, likely):
    labels = _labels(table, likely)
    number = len(likely) + 1
    people = np.bincount(labels, minlength=number)
    return Tally(statements, likely, table.counts_by(labels, number), people)


def _widened(tally, statements):
    """The tally with places for all these statements; a new one places nobody."""
    at = np.searchsorted(statements, tally.statements)
    likely = np.zeros((tally.number, len(statements), len(CHOICES)))
    cast = np.zeros((tally.number + 1, len(statements), len(CHOICES)), int)
    likely[:, at], cast[:, at] = tally.likely, tally.cast
    return Tally(statements, likely, cast, tally.people)


def _order_before(table, labels, statements, earlier):
    """The order of the groups in which most people stay where they were."""
    everything = np.union1d(statements, earlier.statements)
    wide = Table(
        table.person,
        np.searchsorted(everything, statements)[table.statement],
        table.choice,
        table.people,
        len(everything),
    )
    then = _labels(wide, _widened(earlier, everything).likely)
    number = earlier.number
    both = np.bincount(labels * (number + 1) + then, minlength=(number + 1) ** 2)
    both = both.reshape(number + 1, number + 1)
    return list(
        max(permutations(range(number)), key=lambda order: both[order, range(number)].sum())
    )
