"""What may be told of a count of groups: never of fewer than FEWEST_PEOPLE, neither in a cell (a
group on a statement), nor in what is left of a statement without the told groups, nor in the
difference between two days.
"""

from dataclasses import dataclass

import numpy as np

from danchu.consultation.opinion_groups import Tally
from danchu.consultation.votes import FEWEST_PEOPLE

# Shares from which a group holds a statement, and by which it differs from all others.
HOLDS = 2 / 3
DIFFERS = 0.25
UNTOLD = -1


@dataclass(frozen=True)
class Account:
    """`cells` (groups × statements × choices) and `people` of a count, those in no group last, with
    UNTOLD for what may not be told; `statements` are ids in order.
    """

    statements: np.ndarray
    cells: np.ndarray
    people: np.ndarray


@dataclass(frozen=True)
class Stand:
    """What a group holds of a statement: of `voters` in it `agree` agreed and `disagree` did not,
    against the share `elsewhere` that agreed in the other groups told of.
    """

    statement: int
    voters: int
    agree: int
    disagree: int
    elsewhere: float


@dataclass(frozen=True)
class Group:
    """How many vote alike (UNTOLD where that may not be told), and the statements in which they
    differ from the others, what sets them most apart first.
    """

    people: int
    stands: tuple[Stand, ...]


@dataclass(frozen=True)
class Picture:
    """The groups, and the statements that every group agrees with, most of all first."""

    groups: tuple[Group, ...]
    shared: tuple[int, ...]


def account_of(count: Tally, earlier: Account | None = None) -> Account | None:
    """What may be told of the count after `earlier` was told; None where a group is too small."""
    if count.people[:-1].min() < FEWEST_PEOPLE:
        return None
    is_told = _tellable(count.cast.sum(axis=2))
    cells = np.where(is_told[:, :, None], count.cast[:-1], UNTOLD)
    people = np.where(count.people >= FEWEST_PEOPLE, count.people, UNTOLD)
    now = Account(count.statements, cells, people)
    if earlier is None:
        return now
    earlier = _still_there(earlier, now.statements)
    if len(earlier.cells) != len(cells):
        return _apart_from(now, earlier)
    return _after(now, earlier)


def _still_there(account, statements):
    """The account without statements that were hidden since: they never come back."""
    stays = np.isin(account.statements, statements)
    return Account(account.statements[stays], account.cells[:, stays], account.people)


def _tellable(voters):
    """Which groups may be told of on which statement (groups × statements); the last row of voters
    is of those in no group. Where fewer than FEWEST_PEOPLE are left, the smallest group joins them.
    """
    groups = voters[:-1]
    statements = np.arange(voters.shape[1])
    is_told = groups >= FEWEST_PEOPLE
    for _round in groups:
        left = voters.sum(axis=0) - (groups * is_told).sum(axis=0)
        is_short = (left > 0) & (left < FEWEST_PEOPLE)
        smallest = np.where(is_told, groups, voters.max() + 1).argmin(axis=0)
        is_told[smallest[is_short], statements[is_short]] = False
    return is_told


def _after(now, earlier):
    """What is told now: what was told once stays until at least FEWEST_PEOPLE changed it."""
    at = np.searchsorted(now.statements, earlier.statements)
    cells, people = now.cells.copy(), now.people.copy()
    fresh = cells[:, at]
    old = earlier.cells
    was_told = old[:, :, 0] != UNTOLD
    stays = was_told & ((fresh[:, :, 0] == UNTOLD) | _is_small(fresh, old))
    cells[:, at] = np.where(stays[:, :, None], old, fresh)
    few = (earlier.people != UNTOLD) & (
        (people == UNTOLD) | (np.abs(people - earlier.people) < FEWEST_PEOPLE)
    )
    return Account(now.statements, cells, np.where(few, earlier.people, people))


def _apart_from(now, earlier):
    """What is told when there are more groups, or fewer: nothing that differs from what was told of
    any group by fewer than FEWEST_PEOPLE.
    """
    at = np.searchsorted(now.statements, earlier.statements)
    cells, people = now.cells.copy(), now.people.copy()
    for old, size in zip(earlier.cells, earlier.people, strict=False):
        fresh = cells[:, at]
        is_small = (old[:, 0] != UNTOLD) & _is_small(fresh, old[None])
        cells[:, at] = np.where(is_small[:, :, None], UNTOLD, fresh)
        difference = np.abs(people - size)
        people[(difference > 0) & (difference < FEWEST_PEOPLE)] = UNTOLD
    return Account(now.statements, cells, people)


def _is_small(one, other):
    """Whether fewer than FEWEST_PEOPLE, but somebody, could make the difference of two cells."""
    difference = one - other
    more = np.maximum(difference, 0).sum(axis=2)
    fewer = np.maximum(-difference, 0).sum(axis=2)
    changed = np.maximum(more, fewer)
    return (changed > 0) & (changed < FEWEST_PEOPLE)


def picture_of(account: Account) -> Picture:
    """The groups with what each holds, and what all share."""
    is_told = account.cells[:, :, 0] != UNTOLD
    cells = np.where(is_told[:, :, None], account.cells, 0)
    agree = cells[:, :, 0]
    voters = cells.sum(axis=2)
    common = is_told.all(axis=0) & (agree >= HOLDS * voters).all(axis=0)
    least = (agree / np.maximum(voters, 1)).min(axis=0)
    shared = np.flatnonzero(common)
    shared = shared[np.lexsort((account.statements[shared], -least[shared]))]
    groups = tuple(
        Group(int(people), _stands(cells, group, account.statements))
        for group, people in enumerate(account.people[:-1])
    )
    return Picture(groups, tuple(account.statements[shared].tolist()))


def _stands(cells, group, statements):
    own = cells[group]
    others = np.delete(cells, group, axis=0).sum(axis=0)
    voters, other_voters = own.sum(axis=1), others.sum(axis=1)
    elsewhere = others[:, 0] / np.maximum(other_voters, 1)
    apart = np.abs(own[:, 0] / np.maximum(voters, 1) - elsewhere)
    places = np.flatnonzero((voters > 0) & (other_voters > 0) & (apart >= DIFFERS))
    places = places[np.lexsort((statements[places], -apart[places]))]
    columns = (statements, voters, own[:, 0], own[:, 2], elsewhere)
    rows = zip(*(column[places].tolist() for column in columns), strict=True)
    return tuple(Stand(*row) for row in rows)
