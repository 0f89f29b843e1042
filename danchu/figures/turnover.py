"""How a reorganisation would change the published figures: for the dry run of a plan."""

from collections.abc import Collection, Iterator
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS, Flow, Level
from danchu.figures.sums import amounts
from danchu.kernel.boundaries import Amount, Boundaries
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period
from danchu.kernel.words import local_name
from danchu.units.plan import FigureChange, Turnover

# The indicators of the front page and the report: enough to see what a plan does, few enough to
# be read.
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


def figure_changes(turnover: Turnover) -> Iterator[FigureChange]:
    """For each unit the plan touches, the figures of the last years on the map without and with
    the plan.
    """
    period = Period(date(turnover.on.year - YEARS, 1, 1), turnover.on)
    for key in WATCHED:
        what = INDICATORS.get(key)
        if isinstance(what, Flow | Level):
            yield from _changes(what, period, turnover)


def _changes(what: Flow | Level, period: Period, turnover: Turnover) -> Iterator[FigureChange]:
    recorded = amounts(what, period)
    before = _by_place(turnover.before, recorded, turnover.touched)
    after = _by_place(turnover.after, recorded, turnover.touched)
    named = {"name": local_name(what), "year": period.since.year}
    for unit in sorted(before.keys() | after.keys()):
        if before.get(unit) == after.get(unit):
            continue
        old, _unplaced = before.get(unit, (None, Fraction(0)))
        new, unplaced = after.get(unit, (None, Fraction(0)))
        yield FigureChange(
            _("%(name)s từ năm %(year)s") % named, turnover.names[unit].name, old, new, unplaced
        )


def _by_place(
    chart: Boundaries, recorded: dict[UnitId, int], touched: Collection[UnitId]
) -> dict[UnitId, tuple[Amount, Amount]]:
    """`{unit: (placed, unplaced)}` on one map, of the touched units that are on it and have any."""
    amounts_of: dict[UnitId, tuple[Amount, Amount]] = {}
    for unit in touched:
        if unit not in chart:
            continue
        shares = {u: share for u, share in chart.sources(unit).items() if u in recorded}
        placed = sum(
            (recorded[u] * share for u, share in shares.items() if share is not None), Fraction(0)
        )
        unplaced = sum((recorded[u] for u, share in shares.items() if share is None), Fraction(0))
        if placed or unplaced:
            amounts_of[unit] = (placed, unplaced)
    return amounts_of
