"""Questions asked of the roll of households."""

from datetime import date
from typing import Any, Self

from django.db.models import Q

from danchu.decision.lives import ROLL
from danchu.subjects.scoped import ScopedQuerySet
from danchu.units.maps import boundaries


def villages_within(village: Any, day: date) -> list[int]:
    """The ids of the villages whose households belong to this one on the day: its own, and those
    that went wholly into it. Households of a village that was divided are moved one by one.
    """
    chart = boundaries(day)
    if village not in chart:
        return []
    return [unit for unit, share in chart.sources(village).items() if share == 1]


class HouseholdQuerySet(ScopedQuerySet):
    """Households of villages, through time."""

    viewed_as = ROLL

    def on(self, day: date) -> Self:
        """Those that count on the day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def on_roll(self, village: Any, day: date) -> Self:
        """The roll of a village (its id) on a day."""
        return self.on(day).filter(unit__among=villages_within(village, day))


class RollChangeQuerySet(ScopedQuerySet):
    """What was changed in rolls."""

    viewed_as = ROLL
