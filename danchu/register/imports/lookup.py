"""Units by code and day, bodies by kind or name: read once, before the rows of a table."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from danchu.kernel.text import identity_key, sort_key
from danchu.register.kinds import KINDS
from danchu.units.maps import atlas, cached, map_version
from danchu.units.models import Body, BodyStanding

# Digits of the codes of provinces, districts and communes (decision 124/2004/QĐ-TTg).
CODE_WIDTHS = (2, 3, 5)


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """A unit with the days it exists, and its code, name and parent on the day of a row."""

    pk: int
    since: date
    until: date | None
    code: str = ""
    name: str = ""
    parent: int | None = None


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


def _units_by_code(units_atlas):
    """{code: [(since, until, UnitSpan)]}"""
    codes = {}
    for row in units_atlas.standings:
        if row.code:
            span = UnitSpan(row.unit, *units_atlas.spans[row.unit], row.code, row.name, row.parent)
            codes.setdefault(row.code, []).append((row.since, row.until, span))
    return codes


class Lookup:
    """Units, bodies and the actor's scopes in memory, so that reading a row needs no query."""

    def __init__(self, by):
        version = map_version()
        self.codes = cached(("units by code", version), lambda: _units_by_code(atlas(version)))
        self.bodies = defaultdict(list)
        names_of_body = defaultdict(set)
        self.latest_name = {}
        for body, name in BodyStanding.objects.order_by("since").values_list("body_id", "name"):
            names_of_body[body].add(identity_key(name))
            self.latest_name[body] = name
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

    def units_written(self, code, day):
        """[UnitSpan] of the units whose code on the day is this one, or this one with zeros before
        it that a spreadsheet may have taken away; those with the code as it stands first.
        """
        widths = [len(code)]
        if not code.startswith("0"):
            widths += [width for width in CODE_WIDTHS if width > len(code)]
        units = (self.unit(code.zfill(width), day) for width in widths)
        return [unit for unit in units if unit is not None]

    def bodies_named(self, unit, text, day):
        """[BodySpan] of the unit's bodies of that kind or name that exist on the day."""
        name = identity_key(text)
        bodies = [
            (body, names)
            for body, names in self.bodies.get(unit.pk, ())
            if covers(body.since, body.until, day)
        ]
        return [body for body, names in bodies if text == body.kind or name in names]

    def body_names(self, unit, day):
        """The latest names of the unit's bodies that exist on the day, in Vietnamese order."""
        bodies = [
            body
            for body, _names in self.bodies.get(unit.pk, ())
            if covers(body.since, body.until, day)
        ]
        return sorted((self.latest_name.get(body.pk, body.kind) for body in bodies), key=sort_key)
