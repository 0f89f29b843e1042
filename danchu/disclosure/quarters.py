"""Quarters and the periods of reports to the Council, as plain functions of days."""

from collections.abc import Iterator
from datetime import date

MONTHS = 3
# A period of reports to the Council ends before the first of these months.
AFTER_PERIODS = (6, 12)


def quarters_over(first: date, on: date) -> Iterator[tuple[int, int, date, date]]:
    """(year, number, first day, first day after it) of each quarter that has `first` or begins
    after it and was over before the day `on`.
    """
    year = first.year
    number = (first.month - 1) // MONTHS + 1
    while True:
        since = date(year, (number - 1) * MONTHS + 1, 1)
        year, number = (year, number + 1) if number < 4 else (year + 1, 1)
        until = date(year, (number - 1) * MONTHS + 1, 1)
        if until > on:
            return
        yield since.year, (since.month - 1) // MONTHS + 1, since, until


def half_years_over(first: date, on: date) -> Iterator[tuple[date, date]]:
    """(first day, first day after it) of each period of a report to the Council that has `first` or
    begins after it and was over before the day `on`: to 31 May and to 30 November.
    """
    ends = [
        date(year, month, 1)
        for year in range(first.year - 1, on.year + 1)
        for month in AFTER_PERIODS
    ]
    for since, until in zip(ends, ends[1:], strict=False):
        if first < until <= on:
            yield since, until
