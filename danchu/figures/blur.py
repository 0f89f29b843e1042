"""Suppression of small counts of sensitive indicators for the public, with secondary suppression: a
second count is hidden where a single hidden one could be computed by subtraction.
"""

from collections.abc import Iterable
from fractions import Fraction

from danchu.figures.answer import Figure, by_unit
from danchu.figures.catalogue import Indicator
from danchu.kernel.actor import Acting
from danchu.kernel.chronicle import UnitId
from danchu.units.maps import boundaries

SMALLEST_SHOWN = 5


def is_too_small(indicator: Indicator, value: int | Fraction | None, actor: Acting) -> bool:
    """Whether this value of a sensitive indicator is from 1 to below SMALLEST_SHOWN and the actor
    is the public.
    """
    return bool(
        indicator.sensitive and actor.is_public and value is not None and 0 < value < SMALLEST_SHOWN
    )


def hidden_units(figures: Iterable[Figure], actor: Acting) -> frozenset[UnitId]:
    """The ids of the units whose figure must be hidden from the actor; `figures` are all the parts
    of one whole.

    A single small part could be computed as the whole minus the other parts, so the next smallest
    is hidden as well. A ratio is hidden when its numerator or denominator is.
    """
    figures = [figure for figure in figures if figure.indicator.sensitive]
    if not figures or not actor.is_public:
        return frozenset()
    if figures[0].over is not None:
        overs = [figure.over for figure in figures if figure.over is not None]
        unders = [figure.under for figure in figures if figure.under is not None]
        return hidden_units(overs, actor) | hidden_units(unders, actor)
    small = {
        figure.unit_id for figure in figures if is_too_small(figure.indicator, figure.value, actor)
    }
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


def is_hidden(figure: Figure, actor: Acting) -> bool:
    """Whether a figure must be hidden from the actor, because it is too small or because another
    figure under the same parent could be computed from it.
    """
    if not figure.indicator.sensitive or not actor.is_public:
        return False
    parts = [part for part in (figure.over, figure.under) if part is not None]
    if parts:
        return any(is_hidden(part, actor) for part in parts)
    if is_too_small(figure.indicator, figure.value, actor):
        return True
    return bool(figure.value) and figure.unit_id in hidden_units(_neighbours(figure), actor)


def _neighbours(figure: Figure) -> list[Figure]:
    """The same figure for every unit of its level under its parent, itself included."""
    chart = boundaries(figure.map_day)
    parent = chart.parent(figure.unit_id)
    if parent is None:
        return [figure]
    level = chart.level_of(figure.unit_id)
    figures = by_unit(figure.indicator, parent, figure.period, figure.map_day, level)
    return [
        neighbour
        for neighbour in figures
        if neighbour.unit_id in chart and chart.level_of(neighbour.unit_id) == level
    ]
