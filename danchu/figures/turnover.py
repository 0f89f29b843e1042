"""What a reorganisation would do to the figures that are published: for the dry run of a plan."""

from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS
from danchu.figures.sums import amounts
from danchu.kernel.days import Period
from danchu.kernel.words import told
from danchu.units.plan import FigureChange

# What the front page and the report speak of: enough to see what a plan does, few enough to be
# read.
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


def figure_changes(turnover):
    """For each unit the plan touches, the figures of the last years on the map without and with
    the plan.
    """
    period = Period(date(turnover.on.year - YEARS, 1, 1), turnover.on)
    for key in WATCHED:
        if key in INDICATORS:
            yield from _changes(INDICATORS[key], period, turnover)


def _changes(what, period, turnover):
    recorded = amounts(what, period)
    before, after = (
        _by_place(chart, recorded, turnover.touched) for chart in (turnover.before, turnover.after)
    )
    for unit in sorted(before.keys() | after.keys()):
        old, new = before.get(unit), after.get(unit)
        if old != new:
            placed, unplaced = new or (None, Fraction(0))
            name = _("%(name)s từ năm %(year)s") % {"name": told(what), "year": period.since.year}
            yield FigureChange(name, turnover.names[unit].name, old and old[0], placed, unplaced)


def _by_place(chart, recorded, touched):
    """{unit: (placed, unplaced)} on one map, of the touched units that are on it."""
    found = {}
    for unit in touched:
        if unit not in chart:
            continue
        shares = {u: share for u, share in chart.sources(unit).items() if u in recorded}
        placed = sum(
            (recorded[u] * share for u, share in shares.items() if share is not None), Fraction(0)
        )
        unplaced = sum((recorded[u] for u, share in shares.items() if share is None), Fraction(0))
        if placed or unplaced:
            found[unit] = (placed, unplaced)
    return found
