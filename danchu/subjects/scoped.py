"""Lists narrowed by right, in one way."""

from typing import Any, Self

from django.db import models

from danchu.figures import among  # noqa: F401  registers the lookup


class ScopedQuerySet(models.QuerySet):
    """Rows with a unit, of which an actor sees those where they hold the right to `viewed_as`.

    `viewed_as` is the kind of record that the right to view names.
    """

    viewed_as = ""
    place = "unit"

    def viewed_by(self, actor: Any) -> Self:
        """Those the actor may see by a right of their own."""
        return self.within(actor.scope("view", self.viewed_as))

    def within(self, scope: Any) -> Self:
        """Those of the units of a scope as `Actor.scope` gives it; None is everywhere."""
        return self if scope is None else self.filter(**{f"{self.place}__among": scope})
