"""Small counts that could point at a person are not shown in public, nor what would give them
away by subtraction.
"""

from danchu.figures.answer import by_unit
from danchu.units.maps import boundaries

SMALLEST_SHOWN = 5


def too_few(what, value, actor):
    """Whether this count of persons' matters is too small to be shown to this reader."""
    return bool(
        what.sensitive and actor.is_public and value is not None and 0 < value < SMALLEST_SHOWN
    )


def hidden_among(figures, actor):
    """The ids of the units whose figure must not be shown to this reader, given all the parts of
    one whole.

    Where a single part is too small, the whole less the other parts would tell it: the next
    smallest is hidden with it. A ratio is hidden with either of its sums.
    """
    figures = [f for f in figures if f.indicator.sensitive]
    if not figures or not actor.is_public:
        return frozenset()
    if figures[0].over is not None:
        return hidden_among([f.over for f in figures], actor) | hidden_among(
            [f.under for f in figures], actor
        )
    found = {f.unit_id for f in figures if too_few(f.indicator, f.value, actor)}
    if len(found) == 1:
        others = [(f.value, f.unit_id) for f in figures if f.value and f.unit_id not in found]
        found |= {min(others)[1]} if others else set()
    return frozenset(found)


def hidden(figure, actor):
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


def _neighbours(figure):
    """The same figure of every unit of its level under the unit above it, itself among them."""
    chart = boundaries(figure.map_day)
    above = chart.parent(figure.unit_id)
    if above is None:
        return [figure]
    level = chart.level_of(figure.unit_id)
    found = by_unit(figure.indicator, above, figure.period, figure.map_day, level)
    return [f for f in found if f.unit_id in chart and chart.level_of(f.unit_id) == level]
