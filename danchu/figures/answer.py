"""Evaluation: the sums by recorded unit, regrouped exactly on the map of a day."""

from collections import defaultdict
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from danchu.figures.among import array
from danchu.figures.catalogue import parts
from danchu.figures.models import OutsideScore
from danchu.figures.sums import amounts, one_reading, statement_rows, statements_that_meet  # noqa: F401  a reading is of figures
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.law.regime import regimes
from danchu.units.maps import boundaries, one_map

NONE = Fraction(0)


class Figure(NamedTuple):
    """One number: (indicator, unit, period, day of the map). `value` is exact; None where nothing
    can be said.

    `unplaced` is what a division without an agreed share leaves open, `straddling` what statements
    say of a time only partly in the period; neither is part of `value`. `stated` is the part of
    `value` that rests on statements.
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
    straddling: Fraction = Fraction(0)

    @property
    def regimes(self):
        return regimes(self.period)

    @property
    def marks(self):
        """What a reader must know before comparing: the period crosses a change of law or of
        map.
        """
        marks = ["law"] if len(self.regimes) > 1 else []
        if any(
            self.period.since < day < self.period.until
            for day in getattr(self.indicator, "breaks", ())
        ):
            marks.append("method")
        changed = boundaries(self.period.since) is not boundaries(self.map_day)
        return marks + (["map"] if changed else [])

    @property
    def statement_share(self):
        return self.stated / self.value if self.value else Fraction(0)


def _sources(unit_id, map_day):
    """`{recorded unit: share}` for the unit, and the array of units to ask for: None for the
    nation, whose rows are all.
    """
    chart = boundaries(map_day)
    found = chart.sources(unit_id)
    if not found:
        raise Refused(
            _("Đơn vị này không có trên bản đồ của ngày đã chọn. Hãy chọn ngày khác."), "map"
        )
    return found, None if chart.level_of(unit_id) == "nation" else array(found)


@one_map()
def figure(what, unit_id, period, map_day):
    """The figure of one unit. Costs one question for each part of the period."""
    if what.kind == "ratio":
        over, under = (figure(part, unit_id, period, map_day) for part in (what.over, what.under))
        return _ratio(what, over, under)
    if what.kind == "outside":
        return _outside(what, unit_id, period, map_day)
    shares, units = _sources(unit_id, map_day)
    value, unplaced = _placed(amounts(what, period, units).items(), shares)
    told, straddling = [], Fraction(0)
    for row in statements_that_meet(what, period, units):
        if period.covers(Period(row.since, row.until)):
            told.append((row.unit_id, Fraction(row.amount)))
        else:
            straddling += Fraction(row.amount)
    stated, open_share = _placed(told, shares)
    return Figure(
        what,
        unit_id,
        period,
        map_day,
        value + stated,
        unplaced + open_share,
        stated,
        straddling=straddling,
    )


def _placed(pairs, shares):
    """(what counts, what has no agreed share) of (recorded unit, amount) pairs."""
    value = unplaced = 0
    for unit, amount in pairs:
        if shares[unit] is None:
            unplaced += amount
        else:
            value += amount * shares[unit]
    return Fraction(value), Fraction(unplaced)


def _ratio(what, over, under):
    value = Fraction(over.value * 100, under.value) if under.value else None
    return Figure(what, over.unit_id, over.period, over.map_day, value, over=over, under=under)


def _outside(what, unit_id, period, map_day):
    score = OutsideScore.objects.filter(
        series=what.series, unit=unit_id, year=period.last.year
    ).first()
    value = Fraction(score.score) if score and score.score is not None else None
    return Figure(what, unit_id, period, map_day, value, rank=score.rank if score else None)


@one_map()
def by_unit(what, unit_id, period, map_day, level):
    """The figures of the units of a level inside `unit_id`; rows recorded above that level stand
    under their own unit.

    The values and the parts not placeable add up to the figure of `unit_id`, except that an amount
    with no agreed share stands under every unit it may belong to.
    """
    if what.kind == "ratio":
        over, under = (
            {f.unit_id: f for f in by_unit(part, unit_id, period, map_day, level)}
            for part in (what.over, what.under)
        )
        return [_ratio(what, over.get(u) or _nothing(what.over, under[u]), under[u]) for u in under]
    chart, (_shares, units) = boundaries(map_day), _sources(unit_id, map_day)
    recorded, told = amounts(what, period, units), defaultdict(Fraction)
    for row in statement_rows(what, period, units):
        told[row.unit_id] += Fraction(row.amount)
    groups, inside = chart.regroup(recorded, level), chart.within(unit_id)
    stated = chart.regroup(told, level) if told else {}
    for group, said in stated.items():
        own = groups.get(group, (0, 0))
        groups[group] = own[0] + said[0], own[1] + said[1]
    found = [
        Figure(what, group, period, map_day, _exact(value), _exact(unplaced) if unplaced else NONE)
        for group, (value, unplaced) in groups.items()
        if group in inside
    ]
    return (
        [
            f._replace(stated=_exact(stated[f.unit_id][0])) if f.unit_id in stated else f
            for f in found
        ]
        if stated
        else found
    )


@lru_cache(8192)
def _exact(value):
    """A Fraction, one object for each of the small numbers that thousands of places share."""
    return Fraction(value)


def _nothing(what, like):
    return Figure(what, like.unit_id, like.period, like.map_day, Fraction(0))


def evidence_queries(what, unit_id, period, map_day):
    """[(part, rows)] of the rows a flow's or level's figure is the sum of, unordered, and
    `{recorded unit: share}` for them.
    """
    shares, units = _sources(unit_id, map_day)
    found = []
    for part in parts(what):
        rows = part.rows(period)
        rows = rows if units is None else rows.filter(**{f"{part.source.where}__among": units})
        found.append((part, rows if part.amount == "1" else rows.exclude(**{part.amount: 0})))
    return found, shares


def statement_evidence(what, unit_id, period, map_day):
    """The statements a figure rests on, oldest first, each with `.share`."""
    shares, units = _sources(unit_id, map_day)
    rows = sorted(statement_rows(what, period, units), key=lambda row: (row.since, row.pk))
    for row in rows:
        row.share = shares[row.unit_id]
    return rows


def evidence_rows(what, unit_id, period, map_day):
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


def marks_between(earlier, later):
    """What stands between two figures of one indicator that are compared: changes of law,
    method, map, or period length.
    """
    marks = [] if earlier.regimes == later.regimes and len(later.regimes) <= 1 else ["law"]
    first, last = sorted([earlier.period.last, later.period.last])
    breaks = getattr(later.indicator, "breaks", ())
    if earlier.indicator.version != later.indicator.version or any(
        first < day <= last for day in breaks
    ):
        marks.append("method")
    if boundaries(earlier.map_day) is not boundaries(later.map_day):
        marks.append("map")
    return marks
