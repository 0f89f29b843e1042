"""Questions asked of boards: those that sit, how many sit on each."""

from django.db import models
from django.db.models import Q


class BoardTermQuerySet(models.QuerySet):
    def sitting_on(self, day):
        """Those recognised and not over on the day."""
        return self.filter(recognised_on__lte=day, until__gt=day)

    def with_members_on(self, day):
        """Each with `number`, how many sit on it on the day."""
        sits = Q(members__elected_on__lte=day) & (Q(members__left_on=None) | Q(members__left_on__gt=day))
        return self.annotate(number=models.Count("members", filter=sits))
