"""Small counts that could identify a person are hidden from the public, and so is any count from
which a hidden one could be found by subtraction.
"""

from collections.abc import Iterable
from fractions import Fraction

from danchu.figures.answer import Figure, by_unit
from danchu.figures.catalogue import Indicator
from danchu.kernel.actor import Acting
from danchu.kernel.chronicle import UnitId
from danchu.units.maps import boundaries

SMALLEST_SHOWN = 5


def too_few(what: Indicator, value: int | Fraction | None, actor: Acting) -> bool:
    """Whether this count of persons' matters is too small to be shown to this reader."""
    return bool(
        what.sensitive and actor.is_public and value is not None and 0 < value < SMALLEST_SHOWN
    )


def hidden_among(figures: Iterable[Figure], actor: Acting) -> frozenset[UnitId]:
    """The ids of the units whose figure must not be shown to this reader, given all the parts of
    one whole.

    A single part that is too small could be worked out as the whole less the other parts, so the
    next smallest is hidden with it. A ratio is hidden with either of its sums.
    """
    figures = [figure for figure in figures if figure.indicator.sensitive]
    if not figures or not actor.is_public:
        return frozenset()
    if figures[0].over is not None:
        overs = [figure.over for figure in figures if figure.over is not None]
        unders = [figure.under for figure in figures if figure.under is not None]
        return hidden_among(overs, actor) | hidden_among(unders, actor)
    small = {figure.unit_id for figure in figures if too_few(figure.indicator, figure.value, actor)}
    if len(small) == 1:
        others = [
            (figure.value, figure.unit_id)
            for figure in figures
            if figure.value and figure.unit_id not in small
        ]
        if others:
            _value, next_smallest = min(others)
            small.add(next_smallest)
    return frozenset(small)


def hidden(figure: Figure, actor: Acting) -> bool:
    """Whether a figure must not be shown to this reader, by itself or beside its neighbours
    under the same unit.
    """
    if not figure.indicator.sensitive or not actor.is_public:
        return False
    parts = [part for part in (figure.over, figure.under) if part is not None]
    if parts:
        return any(hidden(part, actor) for part in parts)
    if too_few(figure.indicator, figure.value, actor):
        return True
    return bool(figure.value) and figure.unit_id in hidden_among(_neighbours(figure), actor)


def _neighbours(figure: Figure) -> list[Figure]:
    """The same figure of every unit of its level under its parent, itself among them."""
    chart = boundaries(figure.map_day)
    above = chart.parent(figure.unit_id)
    if above is None:
        return [figure]
    level = chart.level_of(figure.unit_id)
    figures = by_unit(figure.indicator, above, figure.period, figure.map_day, level)
    return [one for one in figures if one.unit_id in chart and chart.level_of(one.unit_id) == level]
