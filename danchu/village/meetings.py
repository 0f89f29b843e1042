"""On how many days of a period each village met: meetings on matters of article 15 and the yearly
conference. Several matters on one day are one meeting. A village that others went into met when
they met.
"""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, OuterRef

from danchu.decision.models import HouseholdVote
from danchu.kernel.days import Period
from danchu.units.maps import boundaries
from danchu.units.models import Standing
from danchu.village.models import VillageConference

# From a meeting's village to the one counted: itself, one it went into, and so on; villages do not
# change more than three times within a period.
_INTO = (
    "unit",
    "unit__became__after",
    *("unit__became__after" + "__became__after" * n for n in (1, 2)),
)


def days_met(period: Period, units: Iterable[int]) -> dict[int, list[date]]:
    """{village: the days of the period on which it met}, of those `units`."""
    before = _villages_before(units, period.last)
    days: dict[int, set[date]] = {}
    for rows in (HouseholdVote.objects.meetings(), VillageConference.objects.held()):
        within = rows.filter(held_on__gte=period.since, held_on__lt=period.until)
        for village, day in within.filter(unit__in=before).values_list("unit", "held_on"):
            for unit in before[village]:
                days.setdefault(unit, set()).add(day)
    return {unit: sorted(of_unit) for unit, of_unit in days.items()}


def conferences_met(period: Period, units: Iterable[int]) -> dict[int, date]:
    """{village: the day of the period on which its last yearly conference was held}."""
    before = _villages_before(units, period.last)
    rows = VillageConference.objects.held().filter(
        unit__in=before, held_on__gte=period.since, held_on__lt=period.until
    )
    return {
        unit: day
        for village, day in rows.order_by("held_on").values_list("unit", "held_on")
        for unit in before[village]
    }


def _villages_before(units, day):
    """{village: those of the units that it is or went into by the day}."""
    chart = boundaries(day)
    into: dict[int, list[int]] = {}
    for unit in units:
        for village in {unit, *(chart.sources(unit) if unit in chart else ())}:
            into.setdefault(village, []).append(unit)
    return into


def villages_met(how_often: str, period: Period):
    """The standings, on the last day of the period, of the villages that met "once", "twice",
    "more" often or "never" in it. One statement: figures compile it once a day.
    """
    rows = Standing.objects.on(period.last).filter(unit__level="village")
    days = [
        ArraySubquery(events.filter(**_where(path, period)).order_by().values("held_on"))
        for events in (HouseholdVote.objects.meetings(), VillageConference.objects.held())
        for path in _INTO
    ]
    return rows.annotate(met=_NumberOfDays(*days)).filter(**_TIMES[how_often])


class _NumberOfDays(Func):
    """How many days stand in arrays of days, each counted once."""

    template = "(SELECT count(DISTINCT day) FROM unnest(%(expressions)s) AS day)"
    arg_joiner = " || "
    output_field = IntegerField()


_TIMES = {
    "never": {"met": 0},
    "once": {"met": 1},
    "twice": {"met": 2},
    "more": {"met__gt": 2},
}


def _where(path, period):
    """What was held in the period at the villages that lead to the standing by the path."""
    where = {"held_on__gte": period.since, "held_on__lt": period.until, path: OuterRef("unit")}
    steps = path.split("__after")[:-1]
    for number in range(len(steps)):
        where["__after".join(steps[: number + 1]) + "__on__lte"] = period.last
    return where
