"""What units were called on a day, for many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from danchu.kernel.chronicle import UnitId
from danchu.units.maps import Atlas, Called, atlas, kept, map_version
from danchu.units.models import Unit


@dataclass(frozen=True, slots=True)
class Name:
    """A unit as it was called on a day. `present` is False when the unit was not in being on that
    day: then this is the nearest standing in time (the last before, else the first after).
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
    """`{unit id: Name}` of every unit ever known. Kept in memory: do not change it."""
    version = map_version()
    known = atlas(version)
    return kept(("names", version, known.era(day)), lambda: _names(known, day))


def name_of(unit: Unit | UnitId, day: date) -> str:
    """The name on the day of a unit or its id, else the nearest in time; "?" for none. For many
    units or days use `names_of`.
    """
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    return names_of([(unit_id, day)])[unit_id, day]


def names_of(pairs: Iterable[tuple[UnitId, date]]) -> dict[tuple[UnitId, date], str]:
    """`{(unit id, day): name}` for rows of many days, such as a list of records."""
    known = atlas()
    return {(unit, day): _nearest(known.callings.get(unit, ()), day) for unit, day in pairs}


def _nearest(callings: Sequence[Called], day: date) -> str:
    """The name of the last standing that began by the day, else of the first; "?" for none."""
    if not callings:
        return "?"
    past = [row for row in callings if row.since <= day]
    return past[-1].name if past else callings[0].name


def _names(known: Atlas, day: date) -> dict[UnitId, Name]:
    names: dict[UnitId, Name] = {}
    for row in known.called:  # in order of unit and time
        if row.unit in names and row.since > day:
            continue
        since, until = known.spans[row.unit]
        present = since <= day and (until is None or day < until)
        names[row.unit] = Name(
            row.name,
            row.code,
            row.kind,
            row.parent,
            known.levels[row.unit],
            present,
            row.since,
            row.until,
        )
    return names
