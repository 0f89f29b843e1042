"""Questions asked of the roll of households, of decisions and of votes."""

from datetime import date
from typing import Any, Self

from django.db.models import Q

from danchu.decision.lives import DECISION, PUBLIC, ROLL, WorksState
from danchu.kernel.actor import Acting
from danchu.law.decision import Form, Outcome
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


class DecisionQuerySet(ScopedQuerySet):
    """What households decide."""

    viewed_as = DECISION

    def counted(self) -> Self:
        """Those that a vote settled: what figures count. A matter of a whole commune counts once,
        not in each of its villages.
        """
        return self.filter(
            commune_part=None, outcome__in=[Outcome.PASSED.value, Outcome.NOT_PASSED.value]
        )

    def public(self) -> Self:
        """Those that everybody may read."""
        return self.filter(state__in=PUBLIC)

    def visible_to(self, actor: Acting) -> Self:
        """Those that everybody may read, and the others where the actor may view them."""
        return self.within(actor.scope("view", DECISION), or_else=Q(state__in=PUBLIC))


class WorksQuerySet(ScopedQuerySet):
    """Works without a decision of households."""

    viewed_as = DECISION

    def counted(self) -> Self:
        """Those that figures count and everybody may read."""
        return self.filter(state=WorksState.CONFIRMED)

    def visible_to(self, actor: Acting) -> Self:
        """Those that everybody may read, and the others where the actor may view them."""
        return self.within(actor.scope("view", DECISION), or_else=Q(state=WorksState.CONFIRMED))


class VoteQuerySet(ScopedQuerySet):
    """Votes of households."""

    viewed_as = DECISION

    def meetings(self) -> Self:
        """Meetings that were held to their end: what figures count."""
        return self.filter(form=Form.MEETING.value).exclude(outcome="")


class SheetQuerySet(ScopedQuerySet):
    """Sheets that came back."""

    viewed_as = DECISION

    def counts(self) -> Self:
        """Sheets of counted ballots."""
        return self.filter(kind="count")

    def rolls(self) -> Self:
        """Sheets that list households."""
        return self.exclude(kind="count")


class OnlinePollQuerySet(ScopedQuerySet):
    """Polls on line."""

    viewed_as = DECISION
    place = "vote__unit"

    def public(self) -> Self:
        """Those that everybody may read: from their opening on, closed ones with their result."""
        return self.filter(opened_at__isnull=False)
