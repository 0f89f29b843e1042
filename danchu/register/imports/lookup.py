"""Units by code and day, bodies by kind or name: read once, before the rows of a table."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from danchu.kernel.text import fold
from danchu.register.kinds import KINDS
from danchu.units.models import Body, BodyStanding, Standing, Unit


@dataclass(frozen=True, slots=True)
class UnitSpan:
    pk: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class BodySpan:
    pk: int
    unit_id: int
    kind: str
    since: date
    until: date | None


def covers(since, until, day):
    """Whether the day lies in the half-open period from `since` to before `until`."""
    return since <= day and (until is None or day < until)


class Lookup:
    """Units, bodies and the actor's scopes in memory, so that reading a row needs no query."""

    def __init__(self, by):
        spans = {
            pk: UnitSpan(pk, since, until)
            for pk, since, until in Unit.objects.values_list("pk", "since", "until")
        }
        self.codes = defaultdict(list)
        for code, unit, since, until in Standing.objects.exclude(code="").values_list(
            "code", "unit_id", "since", "until"
        ):
            self.codes[code].append((since, until, spans[unit]))
        self.bodies = defaultdict(list)
        names_of_body = defaultdict(set)
        for body, name in BodyStanding.objects.values_list("body_id", "name"):
            names_of_body[body].add(fold(name))
        for row in Body.objects.values_list("pk", "unit_id", "kind", "since", "until"):
            self.bodies[row[1]].append((BodySpan(*row), names_of_body[row[0]]))
        self.may_import = {kind: by.scope("import", kind) for kind in KINDS}
        self.may_confirm = {kind: by.scope("confirm", kind) for kind in KINDS}

    def unit(self, code, day):
        """The UnitSpan of the unit that had the code on the day, or None."""
        return next(
            (unit for since, until, unit in self.codes.get(code, ()) if covers(since, until, day)),
            None,
        )

    def bodies_named(self, unit, text, day):
        """[BodySpan] of the unit's bodies of that kind or name that exist on the day."""
        folded = fold(text)
        bodies = [
            (body, names)
            for body, names in self.bodies.get(unit.pk, ())
            if covers(body.since, body.until, day)
        ]
        return [body for body, names in bodies if text == body.kind or folded in names]
