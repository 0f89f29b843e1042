"""On how many days of a period each village met: meetings on matters of article 15 and the yearly
conference. Several matters on one day are one meeting.
"""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from danchu.decision.models import HouseholdVote
from danchu.kernel.days import Period
from danchu.units.models import Standing
from danchu.village.models import VillageConference


def days_met(period: Period, units=None) -> dict[int, list[date]]:
    """{village: the days of the period on which it met}, of all villages or of those `units`."""
    days: dict[int, set[date]] = {}
    for rows in (HouseholdVote.objects.meetings(), VillageConference.objects.held()):
        within = rows.filter(held_on__gte=period.since, held_on__lt=period.until)
        if units is not None:
            within = within.filter(unit__in=units)
        for unit, day in within.values_list("unit", "held_on"):
            days.setdefault(unit, set()).add(day)
    return {unit: sorted(of_unit) for unit, of_unit in days.items()}


def villages_met(how_often: str, period: Period):
    """The standings, on the last day of the period, of the villages that met "once", "twice",
    "more" often or "never" in it. One statement: figures compile it once a day.
    """
    within = {"held_on__gte": period.since, "held_on__lt": period.until}
    here = HouseholdVote.objects.meetings().filter(unit=OuterRef("unit"), **within)
    same_day = HouseholdVote.objects.meetings().filter(
        unit=OuterRef("unit"), held_on=OuterRef("held_on")
    )
    apart = VillageConference.objects.held().filter(unit=OuterRef("unit"), **within)
    rows = Standing.objects.on(period.last).filter(unit__level="village")
    rows = rows.annotate(met=_days(here) + _days(apart.exclude(Exists(same_day))))
    return rows.filter(**_TIMES[how_often])


_TIMES = {
    "never": {"met": 0},
    "once": {"met": 1},
    "twice": {"met": 2},
    "more": {"met__gt": 2},
}


def _days(rows):
    """On how many days the rows of a village were held."""
    number = rows.order_by().values("unit").annotate(n=Count("held_on", distinct=True))
    return Coalesce(Subquery(number.values("n")), 0)
