"""By how much the units of a level fall short of the unit above them. No Django, no database."""

from collections.abc import Iterable

from danchu.kernel.boundaries import Boundaries
from danchu.kernel.chronicle import UnitId
from danchu.kernel.parts import Amount


def unassigned(
    chart: Boundaries, group: UnitId, level: str, recorded: Iterable[UnitId]
) -> dict[UnitId, Amount]:
    """`{recorded unit: share}`: what certainly counts at `group`, but at none of its units of
    `level` for certain, because the recorded unit or a parent of it was divided without agreed
    shares.
    """
    inside = chart.within(group)
    own_level = chart.level_of(group)
    whole, _divided = chart.split_units(level)
    rests: dict[UnitId, Amount] = {}
    for unit in recorded:
        if whole.get(unit) in inside:
            continue
        part = chart.parts(unit, own_level).get(group)
        if part is not None:
            pieces = chart.parts(unit, level).items()
            rest = part.certain - sum(piece.certain for place, piece in pieces if place in inside)
            if rest:
                rests[unit] = rest
    return rests
