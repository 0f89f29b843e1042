"""Lists narrowed by right, in one way."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from danchu.figures import among  # noqa: F401  registers the lookup

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows with a unit, of which an actor sees those where they hold the right to view `viewed_as`,
    the kind of record that rights name.
    """

    viewed_as = ""
    place = "unit"

    def viewed_by(self, actor: Any) -> Self:
        """Those the actor may see by a right of their own."""
        return self.within(actor.scope("view", self.viewed_as))

    def within(self, scope: Any, or_else: Q | None = None) -> Self:
        """Those of the units of a scope as `Actor.scope` returns it (None: everywhere), and those
        for which `or_else` is true, wherever they are.
        """
        return within(self, scope, self.place, or_else)


def within(rows: Rows, scope: Any, place: str = "unit", or_else: Q | None = None) -> Rows:
    """As `ScopedQuerySet.within`, for rows of a room below this one, or for a right other than the
    one to view.
    """
    if scope is None:
        return rows
    mine = condition_within(scope, place)
    return rows.filter(mine if or_else is None else or_else | mine)


def condition_within(scope: Any, place: str = "unit") -> Q:
    """The condition that the unit to which the path `place` leads is in the scope."""
    return Q() if scope is None else Q(**{f"{place}__among": scope})
