"""What units were called on a day, for many at once."""

from dataclasses import dataclass
from datetime import date

from danchu.units.maps import atlas, kept, map_version


@dataclass(frozen=True, slots=True)
class Name:
    """A unit as it was called on a day. `present` is False when the unit was not in being on that day: then
    this is the nearest standing in time (the last before, else the first after)."""

    name: str
    code: str
    kind: str
    parent_id: int | None
    level: str
    present: bool
    since: date
    until: date | None

    def __str__(self):
        return self.name


def names_on(day) -> dict[int, Name]:
    """`{unit id: Name}` of every unit ever known. Kept in memory: do not change it."""
    version = map_version()
    known = atlas(version)
    return kept(("names", version, known.era(day)), lambda: _names(known, day))


def name_of(unit_id, day) -> str:
    """The unit's name on the day, else the nearest in time."""
    found = names_on(day).get(getattr(unit_id, "pk", unit_id))
    return found.name if found else "?"


def _names(known, day):
    found = {}
    for row in known.called:  # in order of unit and time
        if row.unit in found and row.since > day:
            continue
        since, until = known.spans[row.unit]
        present = since <= day and (until is None or day < until)
        found[row.unit] = Name(
            row.name, row.code, row.kind, row.parent, known.levels[row.unit], present, row.since, row.until
        )
    return found
