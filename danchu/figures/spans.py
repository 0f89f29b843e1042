"""What follows from published totals of overlapping periods of one place. Pure: numbers in, bounds
out; no database.

The total of the days before a day never falls with the day. A published total of a period is the
difference of two such totals, so what is published is a system of difference constraints, and the
exact bounds of every other period are shortest paths (Floyd and Warshall; Cormen et al.,
Introduction to Algorithms, ch. 22). Parts of a year (natures, places inside) have the Fréchet
bounds beside the periods inside that year, as in `danchu.figures.suppression`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise

from danchu.figures.suppression import SMALLEST_SHOWN, ZERO
from danchu.kernel.days import Period

# The published values of one part of the total, by calendar year.
Cell = Mapping[Period, Fraction]


class Spans:
    """The bounds that follow from `totals` for every period between their days."""

    def __init__(self, totals: Mapping[Period, Fraction]) -> None:
        self.totals = totals
        self.days = sorted({day for period in totals for day in (period.since, period.until)})
        at = {day: number for number, day in enumerate(self.days)}
        count = len(self.days)
        # highest[i][j]: the most that the total before day j can exceed the one before day i.
        highest: list[list[Fraction | None]] = [
            [ZERO if j <= i else None for j in range(count)] for i in range(count)
        ]
        for period, total in totals.items():
            since, until = at[period.since], at[period.until]
            highest[since][until] = total
            highest[until][since] = -total
        for middle in range(count):
            for row in highest:
                first = row[middle]
                if first is None:
                    continue
                for last, second in enumerate(highest[middle]):
                    most = row[last]
                    if second is not None and (most is None or first + second < most):
                        row[last] = first + second
        self._at = at
        self._highest = highest

    @property
    def contradict(self) -> bool:
        """Whether no counts have these totals: they were published of different records."""
        return any(self._highest[at][at] != 0 for at in range(len(self.days)))

    def bounds(self, since: date, until: date) -> tuple[Fraction, Fraction | None]:
        """(least, most) of the days between two of `days`; most is None where there is no limit."""
        first, last = self._at[since], self._at[until]
        least = self._highest[last][first]
        return ZERO if least is None else -least, self._highest[first][last]

    def value(self, period: Period) -> Fraction | None:
        """The total of a period that follows from the others exactly; None where none does."""
        if period.since not in self._at or period.until not in self._at:
            return None
        least, most = self.bounds(period.since, period.until)
        return least if least == most else None


def is_safe(totals: Mapping[Period, Fraction], cells: Iterable[Cell] = ()) -> bool:
    """Whether no small count follows from the totals of one place, nor from them and the `cells`,
    parts of whose years are published: of every period the least is 0 or at least SMALLEST_SHOWN,
    the most at least SMALLEST_SHOWN. The total of each year of a cell is among the totals.
    """
    spans = Spans(totals)
    if spans.contradict:
        return False
    for since, until in combinations(spans.days, 2):
        least, most = spans.bounds(since, until)
        if _tells(least) or (most is not None and most < SMALLEST_SHOWN):
            return False
    return not any(tells_of(spans, cell) for cell in cells)


def tells_of(spans: Spans, cell: Cell) -> bool:
    """Whether a small count of the cell follows for some days of its years: that they have some,
    but not that they have at least SMALLEST_SHOWN.
    """
    others = {year: spans.totals[year] - value for year, value in cell.items()}
    for year, other in others.items():
        for days in combinations(_days_of(spans, year), 2):
            if Period(*days) != year and _tells(spans.bounds(*days)[0] - other):
                return True
    years = sorted(cell)
    return any(
        _tells(least)
        for first, last in pairwise(years)
        for least in _across(spans, first, last, others[first], others[last])
    )


def _across(
    spans: Spans, first: Period, last: Period, other_first: Fraction, other_last: Fraction
) -> Iterator[Fraction]:
    """The least that a cell has from a day inside the year `first` to a day inside the year `last`,
    where the years between are not published of it: then it may have nothing in them. The others
    are what the other cells have in the two years.
    """
    between = ZERO
    for number in range(first.since.year + 1, last.since.year):
        total = spans.totals.get(Period.year(number))
        if total is None:
            return
        between += total
    for since in _days_of(spans, first)[1:-1]:
        for until in _days_of(spans, last)[1:-1]:
            apart = max(ZERO, spans.bounds(since, first.until)[0] - other_first)
            apart += max(ZERO, spans.bounds(last.since, until)[0] - other_last)
            least = spans.bounds(since, until)[0]
            yield max(apart, least - between - other_first - other_last)


def _days_of(spans: Spans, year: Period) -> list[date]:
    return [day for day in spans.days if year.since <= day <= year.until]


def _tells(least: Fraction) -> bool:
    return 0 < least < SMALLEST_SHOWN
