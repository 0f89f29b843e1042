"""Evaluation: one grouped question to the database, then an exact regrouping on the map of a day.

Whole months are read from the tally its triggers keep, the days at the edges from the rows themselves, so a
confirmed record is in every figure at once and a long period costs no more than its months.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from danchu.figures.models import OutsideScore
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.law.regime import regimes
from danchu.units.maps import boundaries


@dataclass(frozen=True)
class Figure:
    """One number: (indicator, unit, period, day of the map). `value` is exact; None where nothing can be said.

    `unplaced` is what a division without an agreed share leaves open; it is never part of `value`.
    """

    indicator: object
    unit_id: int
    period: Period
    map_day: object
    value: Fraction | None
    unplaced: Fraction = Fraction(0)
    stated: Fraction = Fraction(0)
    over: "Figure | None" = None
    under: "Figure | None" = None
    rank: int | None = None

    @property
    def regimes(self):
        return regimes(self.period)

    @property
    def marks(self):
        """What a reader must know before comparing: the period crosses a change of law or of map."""
        marks = ["law"] if len(self.regimes) > 1 else []
        changed = boundaries(self.period.since) is not boundaries(self.map_day)
        return marks + (["map"] if changed else [])

    @property
    def statement_share(self):
        return self.stated / self.value if self.value else Fraction(0)


def amounts(what, period, units=None):
    """{recorded unit: sum} of a flow in the period; `units` narrows to some recorded units."""
    source, totals = what.source, defaultdict(int)
    parts = []
    middle = period.whole_months() if source.tally else None
    if middle:
        rows = source.tally.objects.filter(month__gte=middle.since, month__lt=middle.until, **what.where)
        parts.append((rows, "unit", Sum("rows" if what.amount == "1" else what.amount)))
    for edge in period.edges() if source.tally else [period]:
        rows = source.rows().filter(**{f"{source.when}__gte": edge.since, f"{source.when}__lt": edge.until}, **what.where)
        parts.append((rows, source.where, Count("pk") if what.amount == "1" else Coalesce(Sum(what.amount), 0)))
    for rows, where, total in parts:
        if units is not None:
            rows = rows.filter(**{f"{where}__in": units})
        for unit, amount in rows.order_by().values_list(where).annotate(total=total):
            totals[unit] += amount
    return {unit: amount for unit, amount in totals.items() if amount}


def _sources(unit_id, map_day):
    """`{recorded unit: share}` for the unit, and the units to ask for: None for the nation, whose rows are all rows."""
    chart = boundaries(map_day)
    found = chart.sources(unit_id)
    if not found:
        raise Refused("Đơn vị này không có trên bản đồ của ngày đã chọn. Hãy chọn ngày khác.", "map")
    return found, None if chart.level_of(unit_id) == "nation" else list(found)


def figure(what, unit_id, period, map_day):
    """The figure of one unit. Costs one question for each part of the period."""
    if what.kind == "ratio":
        over, under = (figure(part, unit_id, period, map_day) for part in (what.over, what.under))
        return _ratio(what, over, under)
    if what.kind == "outside":
        return _outside(what, unit_id, period, map_day)
    shares, units = _sources(unit_id, map_day)
    value = unplaced = Fraction(0)
    for unit, amount in amounts(what, period, units).items():
        if shares[unit] is None:
            unplaced += amount
        else:
            value += amount * shares[unit]
    return Figure(what, unit_id, period, map_day, value, unplaced)


def _ratio(what, over, under):
    value = Fraction(over.value * 100, under.value) if under.value else None
    return Figure(what, over.unit_id, over.period, over.map_day, value, over=over, under=under)


def _outside(what, unit_id, period, map_day):
    score = OutsideScore.objects.filter(series=what.series, unit=unit_id, year=period.last.year).first()
    value = Fraction(score.score) if score and score.score is not None else None
    return Figure(what, unit_id, period, map_day, value, rank=score.rank if score else None)


def by_unit(what, unit_id, period, map_day, level):
    """The figures of the units of a level inside `unit_id`; rows recorded above that level stand under their own unit.

    The values and the parts not placeable add up to the figure of `unit_id`, except that an amount with no agreed
    share stands under every unit it may belong to.
    """
    if what.kind == "ratio":
        over, under = (
            {f.unit_id: f for f in by_unit(part, unit_id, period, map_day, level)} for part in (what.over, what.under)
        )
        return [_ratio(what, over.get(u) or _nothing(what.over, under[u]), under[u]) for u in under]
    shares, units = _sources(unit_id, map_day)
    groups = boundaries(map_day).regroup(amounts(what, period, units), level)
    inside = boundaries(map_day).subtree(unit_id)
    return [
        Figure(what, group, period, map_day, Fraction(placed), Fraction(unplaced))
        for group, (placed, unplaced) in groups.items()
        if group in inside
    ]


def _nothing(what, like):
    return Figure(what, like.unit_id, like.period, like.map_day, Fraction(0))


def evidence_query(what, unit_id, period, map_day):
    """The rows a flow's figure is the sum of, unordered, and `{recorded unit: share}` for them."""
    source = what.source
    shares, units = _sources(unit_id, map_day)
    rows = source.rows().filter(
        **{f"{source.when}__gte": period.since, f"{source.when}__lt": period.until}, **what.where
    )
    rows = rows if units is None else rows.filter(**{f"{source.where}__in": units})
    return (rows if what.amount == "1" else rows.exclude(**{what.amount: 0})), shares


def evidence_rows(what, unit_id, period, map_day):
    """The rows a flow's figure is the sum of, oldest first, each with `.amount` and `.share` (None: not placeable)."""
    rows, shares = evidence_query(what, unit_id, period, map_day)
    for row in rows.order_by(what.source.when, "pk").iterator(2000):
        row.amount = 1 if what.amount == "1" else getattr(row, what.amount)
        row.share = shares[getattr(row, f"{what.source.where}_id")]
        yield row
