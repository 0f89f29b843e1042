"""What rows of a table may speak of: units by code and day, bodies by kind or name; read once,
before the rows.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from danchu.kernel.text import fold
from danchu.register.kinds import KINDS
from danchu.units.models import Body, BodyStanding, Standing, Unit


@dataclass(frozen=True, slots=True)
class KnownUnit:
    pk: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class KnownBody:
    pk: int
    unit_id: int
    kind: str
    since: date
    until: date | None


def holds(since, until, day):
    """Whether the day lies in the half-open time."""
    return since <= day and (until is None or day < until)


class Known:
    """Units, bodies and the actor's scopes, so that reading a row asks the database nothing."""

    def __init__(self, by):
        spans = {
            pk: KnownUnit(pk, since, until)
            for pk, since, until in Unit.objects.values_list("pk", "since", "until")
        }
        self.codes = defaultdict(list)
        for code, unit, since, until in Standing.objects.exclude(code="").values_list(
            "code", "unit_id", "since", "until"
        ):
            self.codes[code].append((since, until, spans[unit]))
        self.bodies = defaultdict(list)
        named = defaultdict(set)
        for body, name in BodyStanding.objects.values_list("body_id", "name"):
            named[body].add(fold(name))
        for row in Body.objects.values_list("pk", "unit_id", "kind", "since", "until"):
            self.bodies[row[1]].append((KnownBody(*row), named[row[0]]))
        self.may_import = {kind: by.scope("import", kind) for kind in KINDS}
        self.may_confirm = {kind: by.scope("confirm", kind) for kind in KINDS}

    def unit(self, code, day):
        """The unit that had the code on the day, or None."""
        return next(
            (unit for since, until, unit in self.codes.get(code, ()) if holds(since, until, day)),
            None,
        )

    def bodies_called(self, unit, text, day):
        """The unit's bodies of that kind, or of that name, in being on the day."""
        folded = fold(text)
        there = [
            (body, names)
            for body, names in self.bodies.get(unit.pk, ())
            if holds(body.since, body.until, day)
        ]
        return [body for body, names in there if text == body.kind or folded in names]
