"""What units were called on a day, for many at once."""

from dataclasses import dataclass
from datetime import date

from danchu.units.maps import atlas, kept, map_version


@dataclass(frozen=True, slots=True)
class Name:
    """A unit as it was called on a day. `present` is False when the unit was not in being on that
    day: then this is the nearest standing in time (the last before, else the first after).
    """

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
    """The unit's name on the day, else the nearest in time. For many units or days use
    `names_of`.
    """
    unit = getattr(unit_id, "pk", unit_id)
    return names_of([(unit, day)])[unit, day]


def names_of(pairs) -> dict:
    """`{(unit id, day): name}` for rows of many days, such as a list of records."""
    known = atlas()
    return {(unit, day): _nearest(known.callings.get(unit, ()), day) for unit, day in pairs}


def _nearest(callings, day):
    past = [row for row in callings if row.since <= day]
    return past[-1].name if past else callings[0].name if callings else "?"


def _names(known, day):
    found = {}
    for row in known.called:  # in order of unit and time
        if row.unit in found and row.since > day:
            continue
        since, until = known.spans[row.unit]
        present = since <= day and (until is None or day < until)
        found[row.unit] = Name(
            row.name,
            row.code,
            row.kind,
            row.parent,
            known.levels[row.unit],
            present,
            row.since,
            row.until,
        )
    return found
