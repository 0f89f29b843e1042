"""Totals of overlapping periods beside years and their parts: what is published together tells no
small count. No database is asked.
"""

from datetime import date
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.figures.report_periods import Place
from danchu.figures.spans import Spans, is_safe
from danchu.figures.tables import ReleasedTable
from danchu.kernel.days import Period
from tests.bounds import THRESHOLD
from tests.sizes import long, size

FIRST, SECOND = Period.year(2022), Period.year(2023)
REPORT = Period(date(2022, 1, 1), date(2023, 12, 13))
CROSSING = Period(date(2021, 12, 15), date(2022, 12, 15))


@pytest.mark.parametrize(
    ("totals", "safe"),
    [
        ({REPORT: 6694}, True),
        ({REPORT: 4}, False),
        ({FIRST: 3000, REPORT: 6694}, True),
        ({FIRST: 3000, SECOND: 3800, REPORT: 6694}, True),  # 106 are left for 19 days
        ({FIRST: 3000, SECOND: 3694, REPORT: 6694}, False),  # 0 is told like any small count
        ({FIRST: 3000, SECOND: 3698, REPORT: 6694}, False),  # 4
        ({FIRST: 3000, SECOND: 3699, REPORT: 6694}, True),  # 5
        ({FIRST: 6690, REPORT: 6694}, False),  # 4 in the second year
        ({FIRST: 3000, SECOND: 3600, REPORT: 6694}, False),  # other records: they contradict
        ({FIRST: 100, CROSSING: 90}, True),
        ({FIRST: 100, CROSSING: 103}, False),  # at least 3 in the days of December 2021
        ({FIRST: 100, CROSSING: 105}, True),
        ({CROSSING: 50, Period(date(2021, 12, 15), date(2022, 12, 16)): 53}, False),
    ],
)
def test_totals_of_overlapping_periods(totals, safe):
    assert is_safe({period: Fraction(total) for period, total in totals.items()}) is safe


@pytest.mark.parametrize(("part", "safe"), [(40, True), (98, True), (102, False), (105, True)])
def test_a_part_of_a_year_beside_most_of_the_year(part, safe):
    """100 of 3,800 are in the last days, so that 102 of one part cannot all be."""
    totals = {SECOND: Fraction(3800), Period(SECOND.since, REPORT.until): Fraction(3700)}
    assert is_safe(totals, [{SECOND: Fraction(part)}]) is safe


@pytest.mark.parametrize(("part", "safe"), [(25, True), (27, False), (28, True)])
def test_a_part_of_two_years_beside_most_of_both(part, safe):
    """100 in each year, 150 of them from one summer to the next; the part has as many in both."""
    summers = Period(date(2022, 7, 1), date(2023, 7, 1))
    totals = {FIRST: Fraction(100), SECOND: Fraction(100), summers: Fraction(150)}
    assert is_safe(totals, [{FIRST: Fraction(part), SECOND: Fraction(part)}]) is safe


@pytest.mark.parametrize(
    ("part", "is_published", "safe"),
    [(25, True, True), (26, True, False), (27, True, False), (28, True, True), (27, False, True)],
)
def test_a_part_of_two_years_with_a_year_between_that_is_not_told_of_it(part, is_published, safe):
    """100 in each of three years, 250 of them from the first summer to the last: the part may have
    nothing in the year between, which takes 100 of the 250 only where its total is known.
    """
    last = Period.year(2024)
    summers = Period(date(2022, 7, 1), date(2024, 7, 1))
    totals = {FIRST: 100, last: 100, summers: 250, **({SECOND: 100} if is_published else {})}
    cell = {FIRST: Fraction(part), last: Fraction(part)}
    assert is_safe({period: Fraction(one) for period, one in totals.items()}, [cell]) is safe


def test_what_follows_from_others_is_their_sum():
    totals = {FIRST: Fraction(30), REPORT: Fraction(70)}
    spans = Spans(totals)
    assert spans.value(Period(SECOND.since, REPORT.until)) == 40
    assert spans.value(SECOND) is None
    assert spans.bounds(SECOND.since, REPORT.until) == (40, 40)


# ---- the attacker: every combination of what is published

MONTHS = [date(2022 + number // 6, 1 + number % 6 * 2, 1) for number in range(13)]
PARTS = ("x", "y", "z")
TABLE = ReleasedTable("whole", (PARTS,))


def told(published, count):
    """What follows from all sums and differences of the published numbers, each taken at most once.
    `published` is [(the atoms that it is the sum of, value)] over `count` atoms, which are counts:
    a combination without negative coefficients is an upper bound of its atoms, one that takes of a
    cell at most once each and of others nothing is a lower bound of the cell.
    """
    upper = [None] * count
    combos = []
    for signs in product((-1, 0, 1), repeat=len(published)):
        coefficients = [0] * count
        value = Fraction(0)
        for sign, (atoms, number) in zip(signs, published, strict=True):
            value += sign * number
            for atom in atoms if sign else ():
                coefficients[atom] += sign
        if any(coefficients) and min(coefficients) >= 0:
            for atom, coefficient in enumerate(coefficients):
                if coefficient and (upper[atom] is None or value / coefficient < upper[atom]):
                    upper[atom] = value / coefficient
        if value > 0 and max(coefficients) == 1:
            combos.append((frozenset(a for a, c in enumerate(coefficients) if c > 0), value))
    return upper, combos


def least(cell, combos):
    """The most that follows for a cell from below."""
    return max((value for support, value in combos if support <= cell), default=Fraction(0))


ITEMS = st.lists(
    st.one_of(
        st.sampled_from([FIRST, SECOND]),
        st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS))
        .filter(lambda days: days[0] < days[1])
        .map(lambda days: Period(*days)),
    ),
    min_size=1,
    max_size=5,
    unique=True,
)
COUNTS = st.lists(
    st.tuples(*(st.integers(0, 12) for _part in PARTS)),
    min_size=len(MONTHS) - 1,
    max_size=len(MONTHS) - 1,
)


@pytest.mark.case("FI9")
@pytest.mark.case("FA1")
@long
@settings(max_examples=size(25, 200), deadline=None)
@given(ITEMS, COUNTS)
def test_no_difference_of_periods_years_and_parts_tells_a_small_count(items, counts):
    """Years with their parts and periods, published one after the other in any order."""
    atoms = {(at, part): at * 3 + part for at in range(len(counts)) for part in range(3)}

    def sum_of(period, parts=range(3)):
        months = [at for at, day in enumerate(MONTHS[:-1]) if period.since <= day < period.until]
        inside = [atoms[at, part] for at in months for part in parts]
        return inside, Fraction(sum(counts[at][part] for at in months for part in parts))

    place = Place(TABLE, 1, date(2023, 12, 31), {})
    published = []
    for period in items:
        inside, value = sum_of(period)
        if not place.beside({period: value}).is_safe:
            continue
        place = place.beside({period: value})
        published.append((inside, value))
        parts = [sum_of(period, [part]) for part in range(3)]
        numbers = {(key, 1, period): number[1] for key, number in zip(PARTS, parts, strict=True)}
        has_parts = period in (FIRST, SECOND) and min(numbers.values()) >= THRESHOLD
        if has_parts and place.beside({}, numbers).is_safe:
            place = place.beside({}, numbers)
            published += parts[:2]  # the third follows
    upper, combos = told(published[:8], len(atoms))
    assert all(most is None or most >= THRESHOLD for most in upper)
    spans = [Period(*days) for days in combinations(MONTHS, 2)]
    for span, parts in product(spans, ([0, 1, 2], [0], [1], [2], [0, 1], [0, 2], [1, 2])):
        assert not 0 < least(set(sum_of(span, parts)[0]), combos) < THRESHOLD
