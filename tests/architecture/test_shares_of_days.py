"""Whatever `make test` tries in shares, it comes to all of it."""

from datetime import date, timedelta

import pytest

from tests import sizes

FIRST = date(2026, 1, 1)


def tried(share, days, step, monkeypatch):
    """The values of ten that every `step`-th of so many days tries."""
    monkeypatch.setattr(sizes, "IS_LONG", False)
    values = set()
    for number in range(0, days, step):
        monkeypatch.setattr(sizes, "DAY", (FIRST + timedelta(number)).isoformat())
        values |= set(sizes.part(range(10), share, "ten"))
    return values


@pytest.mark.parametrize("share", [1, 2, 3, 4, 7, 10, 20])
def test_in_twice_as_many_days_as_shares_every_value_is_tried(share, monkeypatch):
    assert tried(share, 2 * share, 1, monkeypatch) == set(range(10))


@pytest.mark.parametrize("share", [2, 3, 4, 6, 10])
@pytest.mark.parametrize("step", [2, 3])
def test_a_test_of_every_second_or_third_day_comes_to_all_too(share, step, monkeypatch):
    assert tried(share, 400, step, monkeypatch) == set(range(10))


def test_one_day_tries_one_share(monkeypatch):
    assert len(tried(5, 1, 1, monkeypatch)) == 2
