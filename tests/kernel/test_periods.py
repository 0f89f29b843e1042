"""A period cut into years, months and days: nothing lost, nothing twice."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from danchu.kernel.days import Period

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(1, 4000))
def test_the_pieces_of_a_period_are_the_period(since, days):
    period = Period(since, since + timedelta(days))
    pieces = period.pieces()
    assert pieces[0][1].since == period.since
    assert pieces[-1][1].until == period.until
    assert all(a.until == b.since for (_, a), (_, b) in zip(pieces, pieces[1:], strict=False))
    for grain, piece in pieces:
        if grain != "day":
            assert piece.since.day == piece.until.day == 1
        if grain == "year":
            assert piece.since.month == piece.until.month == 1


@given(DAYS, st.integers(1, 4000))
def test_pieces_are_as_large_as_they_can_be(since, days):
    for grain, piece in Period(since, since + timedelta(days)).pieces():
        length = (piece.until - piece.since).days
        assert not (grain == "day" and length >= 59), "two months in days hold a whole one"
        assert not (grain == "month" and length >= 731), "two years in months hold a whole one"


def test_ten_years_with_edges():
    pieces = Period(date(2016, 4, 10), date(2026, 3, 10)).pieces()
    assert [grain for grain, _ in pieces] == ["day", "month", "year", "month", "day"]
