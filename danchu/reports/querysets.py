"""Questions asked of the reports that offices write."""

from typing import Self

from django.db.models import Q

from danchu.kernel.actor import Acting
from danchu.reports.lives import REPORT, State
from danchu.subjects.scoped import ScopedQuerySet


class OfficeReportQuerySet(ScopedQuerySet):
    viewed_as = REPORT

    def published(self) -> Self:
        """The sealed ones, which everyone may read."""
        return self.filter(state=State.SEALED)

    def visible_to(self, actor: Acting) -> Self:
        """The sealed ones, for everyone; the others where the actor may view them."""
        return self.within(actor.scope("view", REPORT), or_else=Q(state=State.SEALED))
