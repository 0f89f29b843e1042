"""Questions asked of heads of villages, elections, conventions and yearly conferences."""

from datetime import date
from typing import Self

from django.db.models import Q

from danchu.kernel.actor import Acting
from danchu.subjects.scoped import ScopedQuerySet
from danchu.units.maps import boundaries
from danchu.village.lives import (
    CONFERENCE,
    CONFERENCES_HELD,
    CONFERENCES_PUBLIC,
    CONVENTION,
    CONVENTIONS_PUBLIC,
    ELECTIONS_PUBLIC,
    OFFICE,
)


class ElectionQuerySet(ScopedQuerySet):
    """Elections of heads."""

    viewed_as = OFFICE

    def public(self) -> Self:
        """Those that everybody may read: what was posted."""
        return self.filter(state__in=ELECTIONS_PUBLIC)


class HeadQuerySet(ScopedQuerySet):
    """Heads of villages, through time. All of it is public."""

    viewed_as = OFFICE

    def on(self, day: date) -> Self:
        """Those that serve on the day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def serving(self, day: date) -> Self:
        """Those that serve on the day, at villages that are there then: who was head of one that
        was merged or divided is head no more.
        """
        chart = boundaries(day)
        rows = self.on(day)
        villages = [unit for unit in rows.values_list("unit", flat=True) if unit in chart]
        return rows.filter(unit__in=villages)

    def recognised(self) -> Self:
        """Those that were elected and recognised: what figures count."""
        return self.filter(is_interim=False)


class ConventionQuerySet(ScopedQuerySet):
    """Conventions of villages."""

    viewed_as = CONVENTION

    def public(self) -> Self:
        """Those that everybody may read: from the posting of the draft on."""
        return self.filter(state__in=CONVENTIONS_PUBLIC)

    def recognised(self) -> Self:
        """Those that are or were in force."""
        return self.filter(in_force_on__isnull=False)

    def in_force(self, day: date) -> Self:
        """Those in force at the end of the day: neither ended nor suspended then, whatever came
        later.
        """
        is_stopped = Q(suspended_on__lte=day) & (Q(resumed_on=None) | Q(resumed_on__gt=day))
        stopped_before = self.model._default_manager.filter(
            past_suspensions__since__lte=day, past_suspensions__until__gt=day
        )
        rows = self.filter(Q(ended_on=None) | Q(ended_on__gt=day), in_force_on__lte=day)
        return rows.exclude(is_stopped).exclude(pk__in=stopped_before)

    def visible_to(self, actor: Acting) -> Self:
        """What everybody may read, and the others where the actor may view them."""
        return self.within(actor.scope("view", CONVENTION), or_else=Q(state__in=CONVENTIONS_PUBLIC))


class ConferenceQuerySet(ScopedQuerySet):
    """Yearly conferences of villages."""

    viewed_as = CONFERENCE

    def public(self) -> Self:
        """Those that everybody may read: from the convocation on."""
        return self.filter(state__in=CONFERENCES_PUBLIC)

    def held(self) -> Self:
        """Those that were held: what figures count."""
        return self.filter(state__in=CONFERENCES_HELD)

    def visible_to(self, actor: Acting) -> Self:
        """What everybody may read, and the others where the actor may view them."""
        return self.within(actor.scope("view", CONFERENCE), or_else=Q(state__in=CONFERENCES_PUBLIC))
