"""What is told of groups never tells of one to four people: an attacker adds and takes away all
that is told, of one day and of two.
"""

from itertools import combinations

import numpy as np
import pytest

from danchu.consultation.group_picture import UNTOLD, Account, account_of, picture_of
from danchu.consultation.opinion_groups import Tally

CELLS = 400  # statements of one random count


def random_count(chance, groups, most):
    """A count whose cells are small numbers."""
    cast = chance.integers(0, most, (groups + 1, CELLS, 3))
    likely = np.zeros((groups, CELLS, 3))
    return Tally(np.arange(CELLS), likely, cast, chance.integers(5, 60, groups + 1))


@pytest.mark.parametrize("groups", [2, 3, 5])
def test_the_rest_of_a_statement_is_nobody_or_at_least_five(groups):
    chance = np.random.default_rng(groups)
    for most in (2, 4, 9):
        count = random_count(chance, groups, most)
        account = account_of(count)
        for place in range(CELLS):
            everybody = int(count.cast[:, place].sum())
            groups_told = [one for one in account.cells[:, place].tolist() if one[0] != UNTOLD]
            assert all(sum(one) >= 5 for one in groups_told)
            left = everybody - sum(map(sum, groups_told))
            assert not groups_told or left == 0 or left >= 5


def test_all_that_can_be_told_is_told():
    """Where every group has five and nobody is outside, nothing is hidden."""
    count = Tally(
        np.arange(2),
        np.zeros((2, 2, 3)),
        np.array([[[5, 0, 0], [0, 9, 0]], [[0, 0, 6], [1, 2, 3]], [[0, 0, 0], [0, 0, 5]]]),
        np.array([9, 9, 5]),
    )
    assert (account_of(count).cells == count.cast[:2]).all()
    assert account_of(count).people.tolist() == [9, 9, 5]


def test_what_is_told_after_a_statement_was_hidden_is_told_of_the_others():
    count = random_count(np.random.default_rng(1), 3, 60)
    earlier = account_of(count)
    stays = np.arange(CELLS) != 7
    now = Tally(count.statements[stays], count.likely[:, stays], count.cast[:, stays], count.people)
    account = account_of(now, earlier)
    assert account.statements.tolist() == [one for one in range(CELLS) if one != 7]
    assert (account.cells == earlier.cells[:, stays]).all()
    fewer = Tally(now.statements, now.likely[:2], now.cast[[0, 1, 3]], now.people[[0, 1, 3]])
    assert account_of(fewer, earlier).cells.shape == (2, CELLS - 1, 3)


def test_days_that_follow_differ_by_nobody_or_by_at_least_five():
    """Votes come in ones and twos: every number of every day is compared with that of each other
    day.
    """
    chance = np.random.default_rng(5)
    cast, people = chance.integers(0, 9, (4, CELLS, 3)), np.array([30, 20, 10, 8])
    account, days = None, []
    for _day in range(12):
        cast = cast + (chance.random(cast.shape) < 0.2) * chance.integers(1, 3, cast.shape)
        people = people + chance.integers(0, 3, 4)
        account = account_of(
            Tally(np.arange(CELLS), np.zeros((3, CELLS, 3)), cast, people), account
        )
        days.append(account)
    changes = 0
    for one, other in zip(days, days[1:], strict=False):
        both = (one.cells[:, :, 0] != UNTOLD) & (other.cells[:, :, 0] != UNTOLD)
        difference = (other.cells - one.cells)[both]
        changed = difference[(difference != 0).any(axis=1)]
        changes += len(changed)
        assert (np.maximum(changed, 0).sum(axis=1) >= 5).all()  # votes only came
        assert ((one.cells[:, :, 0] == UNTOLD) | (other.cells[:, :, 0] != UNTOLD)).all()
    assert changes
    for one, other in combinations(days, 2):
        sizes = np.abs(one.people - other.people)[(one.people >= 0) & (other.people >= 0)]
        assert ((sizes == 0) | (sizes >= 5)).all()


def test_another_number_of_groups_tells_nothing_that_differs_by_few():
    chance = np.random.default_rng(6)
    earlier = account_of(random_count(chance, 3, 6))
    account = account_of(random_count(chance, 2, 6), earlier)
    for place in range(CELLS):
        for new in account.cells[:, place].tolist():
            for old in earlier.cells[:, place].tolist():
                if UNTOLD not in (new[0], old[0]):
                    more = sum(max(0, a - b) for a, b in zip(new, old, strict=True))
                    fewer = sum(max(0, b - a) for a, b in zip(new, old, strict=True))
                    assert max(more, fewer) == 0 or max(more, fewer) >= 5


def test_a_group_that_shrank_below_five_ends_the_picture():
    count = random_count(np.random.default_rng(7), 3, 9)
    small = Tally(count.statements, count.likely, count.cast, np.array([9, 4, 9, 9]))
    assert account_of(small) is None


def test_what_is_not_told_is_nobody_elses_stand():
    cells = np.full((2, 1, 3), UNTOLD)
    cells[0, 0] = [9, 0, 0]
    picture = picture_of(Account(np.array([4]), cells, np.array([9, 9, UNTOLD])))
    assert picture.shared == () and [group.stands for group in picture.groups] == [(), ()]
