"""The periods boards report on: quarters, half-years, years of the calendar, and the term."""

from datetime import date

from danchu.inspection.models import Span
from danchu.law.deadline import months_from

MONTHS = {Span.QUARTER: 3, Span.HALF: 6, Span.YEAR: 12}


def last_ended(span, day):
    """(since, until) of the last quarter, half-year or year that had ended on the day; `until`
    exclusive.
    """
    months = MONTHS[span]
    until = date(day.year, (day.month - 1) // months * months + 1, 1)
    return months_from(until, -months), until


def owed_on(term, day):
    """[(span, since, until)] of the reports that the term owes of what had last ended on the
    day; only of its own days.
    """
    found = [(span, *last_ended(span, day)) for span in MONTHS]
    found = [
        (span, since, until)
        for span, since, until in found
        if since < term.until and until > max(term.since, term.recognised_on)
    ]
    return [*found, *([(Span.TERM, term.since, term.until)] if term.until <= day else [])]
