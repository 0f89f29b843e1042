"""The periods of reports: calendar quarters, half-years and years, and the term."""

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


def reports_owed(term, day):
    """[(span, since, until)] of the reports that the term owes on the day: for the last period of
    each length that has ended, if it overlaps with the time since recognition, and for the term
    itself when it has ended. A board that was closed before owes them up to that day.
    """
    closed_on = term.board.until or term.until
    ended_on = min(term.until, closed_on)
    periods = [(span, *last_ended(span, day)) for span in MONTHS]
    owed_periods = [
        (span, since, min(until, closed_on) if term.board.until else until)
        for span, since, until in periods
        if since < ended_on and until > max(term.since, term.recognised_on)
    ]
    if ended_on <= day:
        owed_periods.append((Span.TERM, term.since, ended_on))
    return owed_periods
