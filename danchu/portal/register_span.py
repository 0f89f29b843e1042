"""The days between which there are records: the default period of a page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from danchu.kernel.days import Period, today
from danchu.register.kinds import KINDS
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
    """The Span of the counted records of public kinds, this year up to today when there are none:
    what the public does not see has no part in it. Two index look-ups.
    """
    private = [kind.key for kind in KINDS.values() if not kind.public]
    rows = Event.objects.counted().exclude(kind__in=private)
    ends = rows.aggregate(since=Min("held_on"), last=Max("held_on"))
    last = min(ends["last"] or today(), today())
    return Span(ends["since"] or date(last.year, 1, 1), last)
