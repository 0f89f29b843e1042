"""The value of an indicator: sums by recorded unit, regrouped exactly on the map of a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from danchu.figures.among import Ids
from danchu.figures.catalogue import Counted, Indicator, Outside, Ratio, parts
from danchu.figures.comparison import marks_between, method_changes
from danchu.figures.models import OutsideScore
from danchu.figures.sums import amounts, overlapping_statements, statements_within
from danchu.figures.territory import open_shares_of
from danchu.figures.territory import sources_of as _sources
from danchu.kernel.boundaries import Boundaries, Placing
from danchu.kernel.chronicle import WHOLE, UnitId
from danchu.kernel.days import Period
from danchu.kernel.parts import Amount
from danchu.kernel.reading import once, reading
from danchu.law.regime import regimes
from danchu.law.rule import Rule
from danchu.units.maps import boundaries

# What other rooms import from here.
__all__ = (
    "Figure",
    "by_unit",
    "evidence_queries",
    "evidence_rows",
    "figure",
    "marks_between",
    "ratio",
    "statement_evidence",
)
ZERO = Fraction(0)


class Figure(NamedTuple):
    """The number of an indicator at a unit for a period on the map of a day. `value` is exact, in
    percent for a ratio; None where there is none: a ratio with denominator 0, a score that was not
    published.

    `unplaced` is the most that may count here beside it, of units that were divided without agreed
    shares, `straddling` the amount of statements whose days lie only partly in the period; neither
    is part of `value`. `stated` is the part of `value` that comes from statements. `own` names a
    level below the unit: then the figure counts only what counts at the unit itself and at none of
    its units of that level, as in the unit's own row of a breakdown.

    `is_hidden`: the reader may not see the value (`danchu.figures.blur`). `released_on`: the value
    is the one that was published on this day.
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
    own: str = ""
    is_hidden: bool = False
    released_on: date | None = None

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
            self.period.since < day < self.period.until for day in method_changes(self.indicator)
        ):
            marks.append("method")
        changed = boundaries(self.period.since) is not boundaries(self.map_day)
        return marks + (["map"] if changed else [])

    @property
    def statement_share(self) -> Fraction:
        """The part of the value, from 0 to 1, that comes from statements."""
        return self.stated / self.value if self.value else ZERO


@reading()
def figure(
    indicator: Indicator, unit_id: UnitId, period: Period, map_day: date, own: str = ""
) -> Figure:
    """The figure of one unit, or with `own` of its own row in the breakdown by that level: one
    query for a flow or level, two for a ratio. Refused as in `_sources`.
    """
    if indicator.kind == "ratio":
        over = figure(indicator.over, unit_id, period, map_day, own)
        under = figure(indicator.under, unit_id, period, map_day, own)
        return ratio(indicator, over, under)
    if indicator.kind == "outside":
        return _outside(indicator, unit_id, period, map_day)
    shares, units = _sources(unit_id, map_day, own)
    open_shares = open_shares_of(unit_id, map_day, own)
    value, unplaced = _split_by_share(
        amounts(indicator, period, units).items(), shares, open_shares
    )
    within = []
    straddling = Fraction(0)
    for row in overlapping_statements(indicator, period, units):
        if period.covers(Period(row.since, row.until)):
            within.append((row.unit_id, Fraction(row.amount)))
        else:
            straddling += Fraction(row.amount)
    stated, unplaced_statements = _split_by_share(within, shares, open_shares)
    return Figure(
        indicator,
        unit_id,
        period,
        map_day,
        value + stated,
        unplaced + unplaced_statements,
        stated,
        straddling=straddling,
        own=own,
    )


def _split_by_share(
    pairs: Iterable[tuple[UnitId, Amount]], shares: Placing, open_shares: Mapping[UnitId, Amount]
) -> tuple[Fraction, Fraction]:
    """(the sum that counts, the sum that may count beside it) of (recorded unit, amount) pairs."""
    value: Amount = 0
    unplaced: Amount = 0
    for unit, amount in pairs:
        share = shares[unit]
        if share == WHOLE:
            value += amount
        else:
            value += amount * (share or 0)
            unplaced += amount * open_shares.get(unit, 0)
    return Fraction(value), Fraction(unplaced)


def ratio(indicator: Ratio, over: Figure, under: Figure) -> Figure:
    value = Fraction((over.value or 0) * 100, under.value) if under.value else None
    return Figure(
        indicator,
        under.unit_id,
        under.period,
        under.map_day,
        value,
        over=over,
        under=under,
        own=under.own,
    )


def _outside(indicator: Outside, unit_id: UnitId, period: Period, map_day: date) -> Figure:
    score = _outside_scores(unit_id).get((indicator.series, period.last.year))
    if score is None:
        return Figure(indicator, unit_id, period, map_day, None)
    value = None if score.score is None else Fraction(score.score)
    return Figure(indicator, unit_id, period, map_day, value, rank=score.rank)


def _outside_scores(unit_id: UnitId) -> dict[tuple[str, int], OutsideScore]:
    """`{(series, year): score}` of a unit: one query, cached in a read context."""
    rows = OutsideScore.objects.filter(unit=unit_id)
    return once(("outside scores", unit_id), lambda: {(row.series, row.year): row for row in rows})


@reading()
def by_unit(
    indicator: Indicator, unit_id: UnitId, period: Period, map_day: date, level: str
) -> list[Figure]:
    """The figures of the units of a level inside `unit_id`; rows recorded above that level count at
    their own unit, whose figure says so (`Figure.own`). [] for an outside score, which has no
    parts.

    The values add up to the figure of `unit_id` less its `remainder`; an amount without an agreed
    share is unplaced at every unit to which it may belong.
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
            ratio(indicator, overs.get(under.unit_id) or _zero_figure(indicator.over, under), under)
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
            indicator,
            group,
            period,
            map_day,
            _exact(value),
            _exact(unplaced) if unplaced else ZERO,
            own="" if chart.level_of(group) == level else level,
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
    return Figure(indicator, like.unit_id, like.period, like.map_day, ZERO, own=like.own)


def evidence_queries(
    indicator: Counted, unit_id: UnitId, period: Period, map_day: date, own: str = ""
) -> tuple[list[tuple[Counted, QuerySet[Any]]], Placing]:
    """([(part, rows)], `{recorded unit: share}`): the unordered querysets of the rows behind the
    figure of a flow or level, one for each part of the indicator.
    """
    shares, units = _sources(unit_id, map_day, own)
    queries = []
    for part in parts(indicator):
        rows = part.source.with_relations(part.rows(period))
        if units is not None:
            rows = rows.filter(**{f"{part.source.where}__among": units})
        queries.append((part, rows if part.amount == "1" else rows.exclude(**{part.amount: 0})))
    return queries, shares


def statement_evidence(
    indicator: Counted, unit_id: UnitId, period: Period, map_day: date, own: str = ""
) -> list[Any]:
    """The statements behind a figure, oldest first, each with `.share` and `.open_share`."""
    shares, units = _sources(unit_id, map_day, own)
    rows = sorted(statements_within(indicator, period, units), key=lambda row: (row.since, row.pk))
    open_shares = open_shares_of(unit_id, map_day, own)
    for row in rows:
        row.share = shares[row.unit_id]
        row.open_share = open_shares.get(row.unit_id, 0)
    return rows


def evidence_rows(
    indicator: Counted, unit_id: UnitId, period: Period, map_day: date, own: str = ""
) -> Iterator[Any]:
    """The rows behind a figure, source by source, oldest first, then its statements; each with
    `.amount`, `.share` (None: nothing is certain) and `.open_share`.
    """
    open_shares = open_shares_of(unit_id, map_day, own)
    queries, shares = evidence_queries(indicator, unit_id, period, map_day, own)
    for part, rows in queries:
        for row in rows.order_by(part.source.when, "pk").iterator(2000):
            row.amount = 1 if part.amount == "1" else getattr(row, part.amount)
            recorded_at = part.source.unit_in(row)
            row.share = shares[recorded_at]
            row.open_share = open_shares.get(recorded_at, 0)
            yield row
    yield from statement_evidence(indicator, unit_id, period, map_day, own)
