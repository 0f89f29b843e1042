"""The names of units on a day, for many units at once."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from danchu.kernel.chronicle import UnitId
from danchu.units.maps import Atlas, StandingRecord, atlas, cached, map_version
from danchu.units.models import Unit


class Name(NamedTuple):
    """The name, code, kind and parent of a unit on a day. `present` is False when the unit did not
    exist on that day: then this is its nearest standing (the last before the day, else the first
    after it), whose days are `since` and `until`.
    """

    name: str
    code: str
    kind: str
    parent_id: UnitId | None
    level: str
    present: bool
    since: date
    until: date | None

    def __str__(self) -> str:
        return self.name


def names_on(day: date) -> dict[UnitId, Name]:
    """`{unit id: Name}` of every unit, past and present. Cached: do not modify it."""
    version = map_version()
    units_atlas = atlas(version)
    return cached(("names", version, units_atlas.era(day)), lambda: _names(units_atlas, day))


def name_of(unit: Unit | UnitId, day: date) -> str:
    """The name of a unit (or a unit id) on the day, else its nearest in time; "?" for none. For
    many units or days use `names_of`.
    """
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    return names_of([(unit_id, day)])[unit_id, day]


def names_of(pairs: Iterable[tuple[UnitId, date]]) -> dict[tuple[UnitId, date], str]:
    """`{(unit id, day): name}` for rows of many days, such as a list of records."""
    units_atlas = atlas()
    return {
        (unit, day): _nearest(units_atlas.standings_of.get(unit, ()), day) for unit, day in pairs
    }


def _nearest(standings: Sequence[StandingRecord], day: date) -> str:
    """The name of the last standing that began by the day, else of the first; "?" for none."""
    if not standings:
        return "?"
    earlier = [row for row in standings if row.since <= day]
    return earlier[-1].name if earlier else standings[0].name


def _names(units_atlas: Atlas, day: date) -> dict[UnitId, Name]:
    names: dict[UnitId, Name] = {}
    for row in units_atlas.standings:  # in order of unit and time
        if row.unit in names and row.since > day:
            continue
        since, until = units_atlas.spans[row.unit]
        present = since <= day and (until is None or day < until)
        names[row.unit] = Name(
            row.name,
            row.code,
            row.kind,
            row.parent,
            units_atlas.levels[row.unit],
            present,
            row.since,
            row.until,
        )
    return names
