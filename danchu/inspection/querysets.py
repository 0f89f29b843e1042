"""Questions asked of boards and their rounds: those that sit, how many sit on each, rounds by
what the register holds of them.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from danchu.inspection.moves import BOARD, ROUND
from danchu.kernel.days import Period
from danchu.subjects.scoped import ScopedQuerySet

# The first event of each confirmed investment round of a period, through any number of corrections.
_HELD = """
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
    viewed_as = BOARD

    def sitting_on(self, day: date) -> Self:
        """Those recognised and not over on the day."""
        return self.filter(recognised_on__lte=day, until__gt=day)

    def with_members_on(self, day: date) -> Self:
        """Each with `number`, how many sit on it on the day."""
        sits = Q(members__elected_on__lte=day) & (
            Q(members__left_on=None) | Q(members__left_on__gt=day)
        )
        return self.annotate(number=models.Count("members", filter=sits))


class BoardReportQuerySet(ScopedQuerySet):
    viewed_as = BOARD


class RoundPlanQuerySet(ScopedQuerySet):
    viewed_as = ROUND


class RoundSheetQuerySet(ScopedQuerySet):
    viewed_as = ROUND

    def of_investments_in(self, period: Period) -> Self:
        """Those of investment boards whose round, as it stands now, was held in the period and
        counts.
        """
        return self.filter(event__in=RawSQL(_HELD, [period.since, period.until]))

    def kept(self) -> Self:
        """Those whose draft was not thrown away."""
        return self.exclude(event=None)

    def with_photos(self) -> Self:
        """Each with `promised` and `came`, how many photos."""
        return self.annotate(
            promised=models.Count("photos"),
            came=models.Count("photos", filter=Q(photos__paper__isnull=False)),
        )
