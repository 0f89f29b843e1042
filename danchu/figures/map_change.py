"""How a reorganisation would change published figures, for the dry run of a plan."""

from collections.abc import Collection, Iterator
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS, Flow, Level
from danchu.figures.sums import amounts
from danchu.kernel.boundaries import Boundaries
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period
from danchu.kernel.parts import Amount
from danchu.kernel.words import local_name
from danchu.units.plan import FigureChange, MapChange

# Indicators of the front page and the report: a short list is enough to see the effect of a plan.
WATCHED = (
    "supervisions_217",
    "opinions",
    "critique_conferences",
    "dialogues",
    "pib_supervisions",
    "pib_violations",
    "reception_visitors",
    "petitions_received",
)
YEARS = 5


def figure_changes(map_change: MapChange) -> Iterator[FigureChange]:
    """For each unit that the plan affects, the figures of the last `YEARS` years on the map without
    and with the plan, where they differ.
    """
    period = Period(date(map_change.on.year - YEARS, 1, 1), map_change.on)
    for key in WATCHED:
        indicator = INDICATORS.get(key)
        if isinstance(indicator, Flow | Level):
            yield from _changes(indicator, period, map_change)


def _changes(
    indicator: Flow | Level, period: Period, map_change: MapChange
) -> Iterator[FigureChange]:
    recorded = amounts(indicator, period)
    before = _by_place(map_change.before, recorded, map_change.touched)
    after = _by_place(map_change.after, recorded, map_change.touched)
    words = {"name": local_name(indicator), "year": period.since.year}
    for unit in sorted(before.keys() | after.keys()):
        if before.get(unit) == after.get(unit):
            continue
        value_before, _unplaced = before.get(unit, (None, Fraction(0)))
        value_after, unplaced = after.get(unit, (None, Fraction(0)))
        yield FigureChange(
            _("%(name)s từ năm %(year)s") % words,
            map_change.names[unit].name,
            value_before,
            value_after,
            unplaced,
        )


def _by_place(
    chart: Boundaries, recorded: dict[UnitId, int], touched: Collection[UnitId]
) -> dict[UnitId, tuple[Amount, Amount]]:
    """`{unit: (placed, unplaced)}` on one map, of the touched units on it that have any amount."""
    placed_amounts: dict[UnitId, tuple[Amount, Amount]] = {}
    for unit in touched:
        if unit not in chart:
            continue
        shares = {u: share for u, share in chart.sources(unit).items() if u in recorded}
        placed = sum(
            (recorded[u] * share for u, share in shares.items() if share is not None), Fraction(0)
        )
        unplaced = sum(
            (recorded[u] * part for u, part in chart.open_sources(unit).items() if u in recorded),
            Fraction(0),
        )
        if placed or unplaced:
            placed_amounts[unit] = (placed, unplaced)
    return placed_amounts
