"""Who is to be written to, and what can still be confirmed."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from danchu.kernel.days import now

VALID = timedelta(hours=2)


class ConfirmationQuerySet(models.QuerySet):
    def valid(self) -> Self:
        """Those whose time is not over."""
        return self.filter(made_at__gt=now() - VALID)


class FollowerQuerySet(models.QuerySet):
    def due(self, on: date) -> Self:
        """Those for whom the changes of the day were not put together yet."""
        return self.filter(Q(written_on=None) | Q(written_on__lt=on))
