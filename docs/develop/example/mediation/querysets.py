"""Questions asked of mediations."""

from typing import Self

from django.db.models import Q

from danchu.kernel.actor import Acting
from danchu.mediation.lives import MEDIATION, PUBLIC, State
from danchu.subjects.scoped import ScopedQuerySet


class MediationQuerySet(ScopedQuerySet):
    viewed_as = MEDIATION

    def counted(self) -> Self:
        """Those that were settled: what figures count."""
        return self.filter(state=State.SETTLED)

    def visible_to(self, actor: Acting) -> Self:
        """Those heard to their end, for everyone; the others where the actor may view them."""
        return self.within(actor.scope("view", MEDIATION), or_else=Q(state__in=PUBLIC))
