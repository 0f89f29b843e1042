"""From when to when there are records: what a page shows when nobody has asked for a period."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from danchu.kernel.days import Period, today
from danchu.register.models import Event


@dataclass(frozen=True)
class Span:
    since: date
    last: date

    @property
    def last_year(self):
        return Period.year(self.last.year)


def span():
    """The days of the first and the last counted record; this year when there is none. Two
    index look-ups.
    """
    ends = Event.objects.counted().aggregate(since=Min("held_on"), last=Max("held_on"))
    last = min(ends["last"] or today(), today())
    return Span(ends["since"] or date(last.year, 1, 1), last)
