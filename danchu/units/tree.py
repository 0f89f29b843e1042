"""The tree of any day, one level at a time."""

from dataclasses import dataclass

from danchu.kernel.boundaries import LEVELS
from danchu.units.maps import boundaries
from danchu.units.models import Standing
from danchu.units.names import Name, names_on


@dataclass(frozen=True)
class Branch:
    """A unit of the tree; `counts` is how many units of each level lie below it on the day."""

    id: int
    name: str
    code: str
    kind: str
    level: str
    counts: dict

    @property
    def has_children(self):
        return bool(self.counts)


def children_on(unit, day) -> list[Branch]:
    """The units directly under `unit` (None: the top) on the day, in the order of the
    Vietnamese alphabet.
    """
    chart, names = boundaries(day), names_on(day)
    children = chart.children(getattr(unit, "pk", unit))
    order = dict(Standing.objects.on(day).filter(unit__in=children).values_list("unit_id", "order"))
    rank = {level: at for at, level in enumerate(LEVELS)}
    children.sort(key=lambda child: (rank[chart.level_of(child)], order.get(child, ""), child))
    return [_branch(chart, names[child], child) for child in children]


def trail_on(unit, day) -> list[tuple[int, Name]]:
    """From the nation down to the unit itself on the day: (id, Name). Of a past unit, its last
    place.
    """
    names, found = names_on(day), []
    at = getattr(unit, "pk", unit)
    while at is not None and at in names:
        found.append((at, names[at]))
        at = names[at].parent_id
    return found[::-1]


def _branch(chart, name, unit):
    counts = {}
    for below in chart.subtree(unit)[1:]:
        level = chart.level_of(below)
        counts[level] = counts.get(level, 0) + 1
    return Branch(unit, name.name, name.code, name.kind, name.level, counts)
