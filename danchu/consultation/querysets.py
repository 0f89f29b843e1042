"""Questions asked of consultations."""

from typing import Self

from django.db.models import Q

from danchu.consultation.lives import CONSULTATION, ENDED
from danchu.kernel.actor import Acting
from danchu.subjects.scoped import ScopedQuerySet


class ConsultationQuerySet(ScopedQuerySet):
    viewed_as = CONSULTATION

    def public(self) -> Self:
        """Those about which everyone is asked: of a decision about one person nothing is public."""
        return self.filter(is_individual=False)

    def counted(self) -> Self:
        """Those that were closed: what figures count."""
        return self.filter(state__in=ENDED)

    def visible_to(self, actor: Acting) -> Self:
        """The public ones, and the others where the actor may view them."""
        return self.within(actor.scope("view", CONSULTATION), or_else=Q(is_individual=False))
