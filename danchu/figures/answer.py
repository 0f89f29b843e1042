"""The value of an indicator: sums by recorded unit, regrouped exactly on the map of a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from danchu.figures.among import Ids, array
from danchu.figures.catalogue import Counted, Indicator, Outside, Ratio, parts
from danchu.figures.models import OutsideScore
from danchu.figures.sums import amounts, statement_rows, statements_that_meet
from danchu.kernel.boundaries import Amount, Boundaries, Placing
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused
from danchu.law.regime import regimes
from danchu.law.rule import Rule
from danchu.units.maps import boundaries

NONE = Fraction(0)


class Figure(NamedTuple):
    """One number: (indicator, unit, period, day of the map). `value` is exact, in percent for a
    ratio; None where there is none: a ratio over 0, a score that was not published.

    `unplaced` is the amount that a division without an agreed share leaves open, `straddling` the
    amount stated for a time only partly in the period; neither is part of `value`. `stated` is the
    part of `value` that rests on statements.
    """

    indicator: Indicator
    unit_id: UnitId
    period: Period
    map_day: date
    value: Fraction | None
    unplaced: Fraction = Fraction(0)
    stated: Fraction = Fraction(0)
    over: "Figure | None" = None
    under: "Figure | None" = None
    rank: int | None = None
    straddling: Fraction = Fraction(0)

    @property
    def regimes(self) -> list[Rule]:
        """The democracy laws in force in the period, oldest first."""
        return regimes(self.period)

    @property
    def marks(self) -> list[str]:
        """What a reader must know before comparing: "law", "method" and "map", for each that
        changed within the period.
        """
        marks = ["law"] if len(self.regimes) > 1 else []
        if any(self.period.since < day < self.period.until for day in _breaks(self.indicator)):
            marks.append("method")
        changed = boundaries(self.period.since) is not boundaries(self.map_day)
        return marks + (["map"] if changed else [])

    @property
    def statement_share(self) -> Fraction:
        """The part of the value, from 0 to 1, that rests on statements."""
        return self.stated / self.value if self.value else NONE


def _sources(unit_id: UnitId, map_day: date) -> tuple[Placing, Ids | None]:
    """`{recorded unit: share}` for the unit, and the recorded units to ask for: None for the
    nation, whose rows are all. Refused for a unit that is not on the map.
    """
    chart = boundaries(map_day)
    shares = chart.sources(unit_id)
    if not shares:
        raise Refused(
            _("Đơn vị này không có trên bản đồ của ngày đã chọn. Hãy chọn ngày khác."), "map"
        )
    return shares, None if chart.level_of(unit_id) == "nation" else array(shares)


@reading()
def figure(what: Indicator, unit_id: UnitId, period: Period, map_day: date) -> Figure:
    """The figure of one unit: one query for a flow or level, two for a ratio. Refused for a unit
    that is not on the map.
    """
    if what.kind == "ratio":
        over = figure(what.over, unit_id, period, map_day)
        under = figure(what.under, unit_id, period, map_day)
        return _ratio(what, over, under)
    if what.kind == "outside":
        return _outside(what, unit_id, period, map_day)
    shares, units = _sources(unit_id, map_day)
    value, unplaced = _placed(amounts(what, period, units).items(), shares)
    within = []
    straddling = Fraction(0)
    for row in statements_that_meet(what, period, units):
        if period.covers(Period(row.since, row.until)):
            within.append((row.unit_id, Fraction(row.amount)))
        else:
            straddling += Fraction(row.amount)
    stated, unplaced_statements = _placed(within, shares)
    return Figure(
        what,
        unit_id,
        period,
        map_day,
        value + stated,
        unplaced + unplaced_statements,
        stated,
        straddling=straddling,
    )


def _placed(pairs: Iterable[tuple[UnitId, Amount]], shares: Placing) -> tuple[Fraction, Fraction]:
    """(what counts, what has no agreed share) of (recorded unit, amount) pairs."""
    value: Amount = 0
    unplaced: Amount = 0
    for unit, amount in pairs:
        share = shares[unit]
        if share is None:
            unplaced += amount
        else:
            value += amount * share
    return Fraction(value), Fraction(unplaced)


def _ratio(what: Ratio, over: Figure, under: Figure) -> Figure:
    value = Fraction((over.value or 0) * 100, under.value) if under.value else None
    return Figure(what, over.unit_id, over.period, over.map_day, value, over=over, under=under)


def _outside(what: Outside, unit_id: UnitId, period: Period, map_day: date) -> Figure:
    published = OutsideScore.objects.filter(
        series=what.series, unit=unit_id, year=period.last.year
    ).first()
    if published is None:
        return Figure(what, unit_id, period, map_day, None)
    value = None if published.score is None else Fraction(published.score)
    return Figure(what, unit_id, period, map_day, value, rank=published.rank)


@reading()
def by_unit(
    what: Indicator, unit_id: UnitId, period: Period, map_day: date, level: str
) -> list[Figure]:
    """The figures of the units of a level inside `unit_id`; rows recorded above that level stand
    under their own unit. No published score has such parts: [] for one.

    The values and the parts not placeable add up to the figure of `unit_id`, except that an amount
    with no agreed share stands under every unit it may belong to.
    """
    if what.kind == "outside":
        return []
    if what.kind == "ratio":
        overs = {one.unit_id: one for one in by_unit(what.over, unit_id, period, map_day, level)}
        unders = by_unit(what.under, unit_id, period, map_day, level)
        return [
            _ratio(what, overs.get(under.unit_id) or _nothing(what.over, under), under)
            for under in unders
        ]
    chart = boundaries(map_day)
    _shares, units = _sources(unit_id, map_day)
    groups = chart.regroup(amounts(what, period, units), level)
    stated = _stated(what, period, units, chart, level)
    for group, (placed, open_part) in stated.items():
        value, unplaced = groups.get(group, (0, 0))
        groups[group] = value + placed, unplaced + open_part
    inside = chart.within(unit_id)
    figures = [
        Figure(what, group, period, map_day, _exact(value), _exact(unplaced) if unplaced else NONE)
        for group, (value, unplaced) in groups.items()
        if group in inside
    ]
    if not stated:
        return figures
    return [
        one._replace(stated=_exact(stated[one.unit_id][0])) if one.unit_id in stated else one
        for one in figures
    ]


def _stated(
    what: Counted, period: Period, units: Ids | None, chart: Boundaries, level: str
) -> dict[UnitId, tuple[Amount, Amount]]:
    """`{group: (placed, unplaced)}` of what the statements within the period say."""
    said: dict[UnitId, Amount] = defaultdict(Fraction)
    for row in statement_rows(what, period, units):
        said[row.unit_id] += Fraction(row.amount)
    return chart.regroup(said, level) if said else {}


@lru_cache(8192)
def _exact(value: Amount) -> Fraction:
    """A Fraction, one object for each of the small numbers that thousands of places share."""
    return Fraction(value)


def _nothing(what: Counted, like: Figure) -> Figure:
    """A figure of 0 for the unit, period and map of another."""
    return Figure(what, like.unit_id, like.period, like.map_day, Fraction(0))


def evidence_queries(
    what: Counted, unit_id: UnitId, period: Period, map_day: date
) -> tuple[list[tuple[Counted, QuerySet[Any]]], Placing]:
    """[(part, rows)] of the rows a flow's or level's figure is the sum of, unordered, and
    `{recorded unit: share}` for them.
    """
    shares, units = _sources(unit_id, map_day)
    queries = []
    for part in parts(what):
        rows = part.rows(period)
        if units is not None:
            rows = rows.filter(**{f"{part.source.where}__among": units})
        queries.append((part, rows if part.amount == "1" else rows.exclude(**{part.amount: 0})))
    return queries, shares


def statement_evidence(what: Counted, unit_id: UnitId, period: Period, map_day: date) -> list[Any]:
    """The statements a figure rests on, oldest first, each with `.share`."""
    shares, units = _sources(unit_id, map_day)
    rows = sorted(statement_rows(what, period, units), key=lambda row: (row.since, row.pk))
    for row in rows:
        row.share = shares[row.unit_id]
    return rows


def evidence_rows(what: Counted, unit_id: UnitId, period: Period, map_day: date) -> Iterator[Any]:
    """The rows a figure is the sum of, source by source, oldest first, then its statements;
    each with `.amount` and `.share` (None: open).
    """
    queries, shares = evidence_queries(what, unit_id, period, map_day)
    for part, rows in queries:
        for row in rows.order_by(part.source.when, "pk").iterator(2000):
            row.amount = 1 if part.amount == "1" else getattr(row, part.amount)
            row.share = shares[getattr(row, part.source.unit_of)]
            yield row
    yield from statement_evidence(what, unit_id, period, map_day)


def marks_between(earlier: Figure, later: Figure) -> list[str]:
    """What a reader must know before comparing two figures of one indicator: "law", "method"
    and "map", for each that changed between them.
    """
    marks = [] if earlier.regimes == later.regimes and len(later.regimes) <= 1 else ["law"]
    first, last = sorted([earlier.period.last, later.period.last])
    method_changed = any(first < day <= last for day in _breaks(later.indicator))
    if earlier.indicator.version != later.indicator.version or method_changed:
        marks.append("method")
    if boundaries(earlier.map_day) is not boundaries(later.map_day):
        marks.append("map")
    return marks


def _breaks(what: Indicator) -> tuple[date, ...]:
    """The days on which the publisher of an outside score changed how it counts."""
    return what.breaks if what.kind == "outside" else ()
