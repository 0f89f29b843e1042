"""Questions asked of invitations."""

from typing import Any, Self

from django.db.models import Q

from danchu.kernel.days import now
from danchu.staff.words import InvitationState
from danchu.subjects.scoped import ScopedQuerySet

OPEN = Q(state=InvitationState.OPEN)


class InvitationQuerySet(ScopedQuerySet):
    def handled_by(self, actor: Any) -> Self:
        """Those to an office at a unit where the actor may appoint."""
        return self.within(actor.scope("appoint", "office"))

    def valid(self) -> Self:
        """Those whose code is accepted now."""
        return self.filter(OPEN, valid_until__gt=now())

    def expired(self) -> Self:
        """Those that were not accepted in time."""
        return self.filter(OPEN, valid_until__lte=now())
