"""The tree of units on a day, one level at a time."""

from dataclasses import dataclass
from datetime import date

from danchu.kernel.boundaries import Boundaries
from danchu.kernel.chronicle import RANK, UnitId
from danchu.units.maps import boundaries
from danchu.units.models import Standing, Unit
from danchu.units.names import Name, names_on


@dataclass(frozen=True)
class Branch:
    """A unit of the tree. `counts` is {level: number of units of it below this one on the day}."""

    id: int
    name: str
    code: str
    kind: str
    level: str
    counts: dict[str, int]


def children_on(unit: Unit | UnitId | None, day: date) -> list[Branch]:
    """The units directly under `unit` (None: the top) on the day, by level and then in Vietnamese
    dictionary order.
    """
    chart = boundaries(day)
    names = names_on(day)
    children = chart.children(unit.pk if isinstance(unit, Unit) else unit)
    order = dict(Standing.objects.on(day).filter(unit__in=children).values_list("unit_id", "order"))
    children.sort(key=lambda child: (RANK[chart.level_of(child)], order.get(child, ""), child))
    return [_branch(chart, names[child], child) for child in children]


def lineage_on(unit: Unit | UnitId | None, day: date) -> list[tuple[UnitId, Name]]:
    """[(id, Name)] from the nation down to the unit itself on the day; of a unit that ended, by its
    last parents.
    """
    names = names_on(day)
    lineage = []
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    while unit_id is not None and unit_id in names:
        lineage.append((unit_id, names[unit_id]))
        unit_id = names[unit_id].parent_id
    return lineage[::-1]


def _branch(chart: Boundaries, name: Name, unit: UnitId) -> Branch:
    counts: dict[str, int] = {}
    for below in chart.subtree(unit)[1:]:
        level = chart.level_of(below)
        counts[level] = counts.get(level, 0) + 1
    return Branch(unit, name.name, name.code, name.kind, name.level, counts)
