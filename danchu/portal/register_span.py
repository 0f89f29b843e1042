"""The days between which there are records: the default period of a page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from danchu.kernel.days import Period, today
from danchu.register.models import Event


@dataclass(frozen=True)
class Span:
    """The days of the first and the last record."""

    since: date
    last: date

    @property
    def last_year(self):
        """The year of the last record as a Period."""
        return Period.year(self.last.year)


def span():
    """The Span of the counted records, this year up to today when there are none. Two index
    look-ups.
    """
    ends = Event.objects.counted().aggregate(since=Min("held_on"), last=Max("held_on"))
    last = min(ends["last"] or today(), today())
    return Span(ends["since"] or date(last.year, 1, 1), last)
