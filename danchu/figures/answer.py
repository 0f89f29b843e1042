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
from danchu.figures.sums import amounts, overlapping_statements, statements_within
from danchu.kernel.boundaries import Amount, Boundaries, Placing
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused
from danchu.law.regime import regimes
from danchu.law.rule import Rule
from danchu.units.maps import boundaries

ZERO = Fraction(0)


class Figure(NamedTuple):
    """The number of an indicator at a unit for a period on the map of a day. `value` is exact, in
    percent for a ratio; None where there is none: a ratio with denominator 0, a score that was not
    published.

    `unplaced` is the amount recorded at units that were divided without agreed shares, `straddling`
    the amount of statements whose days lie only partly in the period; neither is part of `value`.
    `stated` is the part of `value` that comes from statements.
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
        """The grassroots democracy laws in force in the period, oldest first."""
        return regimes(self.period)

    @property
    def marks(self) -> list[str]:
        """Warnings for a comparison: "law", "method" and "map", for each that changed within the
        period (the map: since its first day).
        """
        marks = ["law"] if len(self.regimes) > 1 else []
        if any(
            self.period.since < day < self.period.until for day in _method_changes(self.indicator)
        ):
            marks.append("method")
        changed = boundaries(self.period.since) is not boundaries(self.map_day)
        return marks + (["map"] if changed else [])

    @property
    def statement_share(self) -> Fraction:
        """The part of the value, from 0 to 1, that comes from statements."""
        return self.stated / self.value if self.value else ZERO


def _sources(unit_id: UnitId, map_day: date) -> tuple[Placing, Ids | None]:
    """(`{recorded unit: share}` of the unit, the recorded units to filter by: None for the nation,
    at which all rows count). Refused, on "map", for a unit that is not on the map.
    """
    chart = boundaries(map_day)
    shares = chart.sources(unit_id)
    if not shares:
        raise Refused(
            _("Đơn vị này không có trên bản đồ của ngày đã chọn. Hãy chọn ngày khác."), "map"
        )
    return shares, None if chart.level_of(unit_id) == "nation" else array(shares)


@reading()
def figure(indicator: Indicator, unit_id: UnitId, period: Period, map_day: date) -> Figure:
    """The figure of one unit: one query for a flow or level, two for a ratio. Refused for a unit
    that is not on the map.
    """
    if indicator.kind == "ratio":
        over = figure(indicator.over, unit_id, period, map_day)
        under = figure(indicator.under, unit_id, period, map_day)
        return _ratio(indicator, over, under)
    if indicator.kind == "outside":
        return _outside(indicator, unit_id, period, map_day)
    shares, units = _sources(unit_id, map_day)
    value, unplaced = _split_by_share(amounts(indicator, period, units).items(), shares)
    within = []
    straddling = Fraction(0)
    for row in overlapping_statements(indicator, period, units):
        if period.covers(Period(row.since, row.until)):
            within.append((row.unit_id, Fraction(row.amount)))
        else:
            straddling += Fraction(row.amount)
    stated, unplaced_statements = _split_by_share(within, shares)
    return Figure(
        indicator,
        unit_id,
        period,
        map_day,
        value + stated,
        unplaced + unplaced_statements,
        stated,
        straddling=straddling,
    )


def _split_by_share(
    pairs: Iterable[tuple[UnitId, Amount]], shares: Placing
) -> tuple[Fraction, Fraction]:
    """(the sum that counts, the sum without an agreed share) of (recorded unit, amount) pairs."""
    value: Amount = 0
    unplaced: Amount = 0
    for unit, amount in pairs:
        share = shares[unit]
        if share is None:
            unplaced += amount
        else:
            value += amount * share
    return Fraction(value), Fraction(unplaced)


def _ratio(indicator: Ratio, over: Figure, under: Figure) -> Figure:
    value = Fraction((over.value or 0) * 100, under.value) if under.value else None
    return Figure(indicator, over.unit_id, over.period, over.map_day, value, over=over, under=under)


def _outside(indicator: Outside, unit_id: UnitId, period: Period, map_day: date) -> Figure:
    score = OutsideScore.objects.filter(
        series=indicator.series, unit=unit_id, year=period.last.year
    ).first()
    if score is None:
        return Figure(indicator, unit_id, period, map_day, None)
    value = None if score.score is None else Fraction(score.score)
    return Figure(indicator, unit_id, period, map_day, value, rank=score.rank)


@reading()
def by_unit(
    indicator: Indicator, unit_id: UnitId, period: Period, map_day: date, level: str
) -> list[Figure]:
    """The figures of the units of a level inside `unit_id`; rows recorded above that level count at
    their own unit. [] for an outside score, which has no parts.

    The values and the unplaced amounts add up to the figure of `unit_id`, except that an amount
    without an agreed share is repeated at every unit to which it may belong.
    """
    if indicator.kind == "outside":
        return []
    if indicator.kind == "ratio":
        overs = {
            answer.unit_id: answer
            for answer in by_unit(indicator.over, unit_id, period, map_day, level)
        }
        unders = by_unit(indicator.under, unit_id, period, map_day, level)
        return [
            _ratio(
                indicator, overs.get(under.unit_id) or _zero_figure(indicator.over, under), under
            )
            for under in unders
        ]
    chart = boundaries(map_day)
    _shares, units = _sources(unit_id, map_day)
    groups = chart.regroup(amounts(indicator, period, units), level)
    statement_sums = _statement_sums(indicator, period, units, chart, level)
    for group, (placed, unplaced_part) in statement_sums.items():
        value, unplaced = groups.get(group, (0, 0))
        groups[group] = value + placed, unplaced + unplaced_part
    inside = chart.within(unit_id)
    figures = [
        Figure(
            indicator, group, period, map_day, _exact(value), _exact(unplaced) if unplaced else ZERO
        )
        for group, (value, unplaced) in groups.items()
        if group in inside
    ]
    if not statement_sums:
        return figures
    return [
        answer._replace(stated=_exact(statement_sums[answer.unit_id][0]))
        if answer.unit_id in statement_sums
        else answer
        for answer in figures
    ]


def _statement_sums(
    indicator: Counted, period: Period, units: Ids | None, chart: Boundaries, level: str
) -> dict[UnitId, tuple[Amount, Amount]]:
    """`{group: (placed, unplaced)}` of the statements that lie within the period."""
    sums: dict[UnitId, Amount] = defaultdict(Fraction)
    for row in statements_within(indicator, period, units):
        sums[row.unit_id] += Fraction(row.amount)
    return chart.regroup(sums, level) if sums else {}


@lru_cache(8192)
def _exact(value: Amount) -> Fraction:
    """The value as a Fraction, cached because thousands of units share a few small numbers."""
    return Fraction(value)


def _zero_figure(indicator: Counted, like: Figure) -> Figure:
    """A figure of 0 for the unit, period and map of the figure `like`."""
    return Figure(indicator, like.unit_id, like.period, like.map_day, Fraction(0))


def evidence_queries(
    indicator: Counted, unit_id: UnitId, period: Period, map_day: date
) -> tuple[list[tuple[Counted, QuerySet[Any]]], Placing]:
    """([(part, rows)], `{recorded unit: share}`): the unordered querysets of the rows behind the
    figure of a flow or level, one for each part of the indicator.
    """
    shares, units = _sources(unit_id, map_day)
    queries = []
    for part in parts(indicator):
        rows = part.rows(period)
        if units is not None:
            rows = rows.filter(**{f"{part.source.where}__among": units})
        queries.append((part, rows if part.amount == "1" else rows.exclude(**{part.amount: 0})))
    return queries, shares


def statement_evidence(
    indicator: Counted, unit_id: UnitId, period: Period, map_day: date
) -> list[Any]:
    """The statements behind a figure, oldest first, each with `.share`."""
    shares, units = _sources(unit_id, map_day)
    rows = sorted(statements_within(indicator, period, units), key=lambda row: (row.since, row.pk))
    for row in rows:
        row.share = shares[row.unit_id]
    return rows


def evidence_rows(
    indicator: Counted, unit_id: UnitId, period: Period, map_day: date
) -> Iterator[Any]:
    """The rows behind a figure, source by source, oldest first, then its statements; each with
    `.amount` and `.share` (None: no agreed share).
    """
    queries, shares = evidence_queries(indicator, unit_id, period, map_day)
    for part, rows in queries:
        for row in rows.order_by(part.source.when, "pk").iterator(2000):
            row.amount = 1 if part.amount == "1" else getattr(row, part.amount)
            row.share = shares[getattr(row, part.source.unit_of)]
            yield row
    yield from statement_evidence(indicator, unit_id, period, map_day)


def marks_between(earlier: Figure, later: Figure) -> list[str]:
    """Warnings for a comparison of two figures of the same indicator: "law", "method" and "map",
    for each that differs between them.
    """
    marks = [] if earlier.regimes == later.regimes and len(later.regimes) <= 1 else ["law"]
    first, last = sorted([earlier.period.last, later.period.last])
    method_changed = any(first < day <= last for day in _method_changes(later.indicator))
    if earlier.indicator.version != later.indicator.version or method_changed:
        marks.append("method")
    if boundaries(earlier.map_day) is not boundaries(later.map_day):
        marks.append("map")
    return marks


def _method_changes(indicator: Indicator) -> tuple[date, ...]:
    """The days on which the publisher of an outside score changed how it counts."""
    return indicator.breaks if indicator.kind == "outside" else ()
