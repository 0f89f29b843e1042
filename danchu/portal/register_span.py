"""The days between which there are records: the default period of a page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from danchu.kernel.days import Period, today
from danchu.kernel.dependence import FACTS, Fact, stated
from danchu.kernel.reading import once
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
    ends = once("span", lambda: stated(ENDS), lasts=())
    since, last = (date.fromisoformat(day) if day else None for day in ends.split(" "))
    last = min(last or today(), today())
    return Span(since or date(last.year, 1, 1), last)


def _ends():
    """The first and the last day as "2016-03-16 2026-03-15"; " " when there are none."""
    private = [kind.key for kind in KINDS.values() if not kind.public]
    rows = Event.objects.counted().exclude(kind__in=private)
    ends = rows.aggregate(since=Min("held_on"), last=Max("held_on"))
    return f"{ends['since'] or ''} {ends['last'] or ''}"


ENDS = "days of the first and the last public record"
FACTS[ENDS] = Fact(Event._meta.db_table, _ends)
