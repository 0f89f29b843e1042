"""Querysets of board terms, reports, plans and rounds."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from danchu.inspection.moves import BOARD, ROUND
from danchu.kernel.days import Period
from danchu.subjects.scoped import ScopedQuerySet

# The ids of all events in the chains of corrections of confirmed investment rounds of a period.
_EVENT_CHAINS = """
WITH RECURSIVE line (id) AS (
    SELECT id FROM register_event
    WHERE kind = 'inspection_round' AND form = 'investment' AND state = 'confirmed' AND held_on
        >= %s AND held_on < %s
    UNION ALL
    SELECT e.supersedes_id FROM line JOIN register_event e ON e.id = line.id WHERE
        e.supersedes_id IS NOT NULL
)
SELECT id FROM line
"""


class BoardTermQuerySet(ScopedQuerySet):
    """Terms of boards."""

    viewed_as = BOARD

    def sitting_on(self, day: date) -> Self:
        """Those that were recognised by the day and have not ended."""
        return self.filter(recognised_on__lte=day, until__gt=day)

    def with_members_on(self, day: date) -> Self:
        """Annotated with `number`, how many members each has on the day."""
        is_member = Q(members__elected_on__lte=day) & (
            Q(members__left_on=None) | Q(members__left_on__gt=day)
        )
        return self.annotate(number=models.Count("members", filter=is_member))


class BoardReportQuerySet(ScopedQuerySet):
    """Reports of boards."""

    viewed_as = BOARD


class RoundPlanQuerySet(ScopedQuerySet):
    """Plans of rounds."""

    viewed_as = ROUND


class RoundSheetQuerySet(ScopedQuerySet):
    """Rounds as written on the spot."""

    viewed_as = ROUND

    def of_investments_in(self, period: Period) -> Self:
        """Those of investment boards whose event, in its latest correction, is confirmed and was
        held in the period.
        """
        return self.filter(event__in=RawSQL(_EVENT_CHAINS, [period.since, period.until]))

    def kept(self) -> Self:
        """Those whose draft was not discarded."""
        return self.exclude(event=None)

    def with_photos(self) -> Self:
        """Annotated with `promised`, how many photos were announced, and `came`, how many are
        complete.
        """
        return self.annotate(
            promised=models.Count("photos"),
            came=models.Count("photos", filter=Q(photos__paper__isnull=False)),
        )
