"""Sums of rows by recorded unit: one grouped query for a figure, cached in a read context.

Whole months and years come from the tally that triggers maintain, the days at the edges from the
rows themselves. So a confirmed record is in every figure at once, and a long period costs no more
than its months.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, Value

from danchu.figures.among import Ids, array
from danchu.figures.catalogue import STATEMENTS, Counted, parts
from danchu.figures.noted import note_sum
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Grain, Period, next_month, today
from danchu.kernel.dependence import EVERY, Notes, declaring, is_noting, note_rows, noting_apart
from danchu.kernel.reading import is_known, is_reading, keep, know, once, recall

Units = Ids | Iterable[UnitId] | None
# Stands for the ids of the units in a compiled statement.
UNITS = Ids("{the units}")
MOST_STATEMENTS = 20_000
# The SQL of each part, and the parameters of all.
Compiled = tuple[list[tuple[Counted, str]], tuple[Any, ...]]
_statements: dict[tuple[Any, ...], tuple[Compiled, tuple[Counted, ...]]] = {}


def amounts(indicator: Counted, period: Period, units: Units = None) -> dict[UnitId, int]:
    """`{recorded unit: sum}` of the rows of a flow or level in the period, without zeros; `units`
    filters by recorded units (None: all).

    One query, whatever the parts of the period; none when repeated in the same read context.
    """
    if units is not None and not isinstance(units, Ids):
        units = array(sorted(units))
    name = _name(indicator, period, units)
    return once(name, lambda: _amounts([(indicator, period, units)])[0], lasts=())


def read_ahead(sums: Iterable[tuple[Counted, Period, Ids | None]]) -> None:
    """Read many sums in one query, and their statements, so that `amounts` and
    `overlapping_statements` of each ask nothing in this read context. Outside one, as where a form
    was sent to a page, nothing could be kept and nothing is read.
    """
    if not is_reading():
        return
    by_name = {_name(*row): row for row in sums}
    unknown = {name: row for name, row in by_name.items() if not is_known(name)}
    missing = {name: row for name, row in unknown.items() if not recall(name)}
    if missing:
        _amounts(list(missing.values()))
    _read_statements_ahead(unknown.values())


def _name(indicator: Counted, period: Period, units: Ids | None) -> tuple[Any, ...]:
    """The name of a sum in a read context."""
    return "sum", indicator.key, period, units


def _amounts(sums: list[tuple[Counted, Period, Ids | None]]) -> list[dict[UnitId, int]]:
    """The sums in the same order, in one query: of each a UNION ALL of the querysets of all parts,
    summed by PostgreSQL. They last beyond the read context (`danchu.kernel.reading.keep`).
    """
    answers: list[dict[UnitId, int]] = [{} for _asked in sums]
    notes_of: list[Notes] = []
    queries = []
    values: list[Any] = []
    for place, (indicator, period, units) in enumerate(sums):
        counted, parameters = _statement(parts(indicator), period, units is None)
        with noting_apart() as notes:
            for part, sql in counted:
                note_sum(part, sql, units)
        notes_of.append(notes)
        if counted:
            rows = " UNION ALL ".join(sql for _part, sql in counted)
            queries.append(
                f"SELECT {place} AS place, unit, sum(amount)::bigint FROM ({rows}) AS counted "
                "(unit, amount) GROUP BY unit HAVING sum(amount) <> 0"
            )
            ids = units.text if units else ""
            values += [ids if value == UNITS.text else value for value in parameters]
    if queries:
        with declaring(), connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(queries), values)
            for place, unit, amount in cursor.fetchall():  # iterating costs three times as much
                answers[place][unit] = amount
    for (indicator, period, units), answer, notes in zip(sums, answers, notes_of, strict=True):
        name = _name(indicator, period, units)
        if is_reading():
            know(name, answer, notes)
        keep(name, answer, notes)
    return answers


def _statement(counted_parts: tuple[Counted, ...], period: Period, everywhere: bool) -> Compiled:
    """([(part, SQL of (unit, amount))], their parameters, UNITS where the ids belong) of the rows
    of the parts; [] where there can be none. Compiled once a day: building it in the ORM costs more
    than running it.
    """
    key = tuple(map(id, counted_parts)), period, everywhere, today()
    if key not in _statements:
        if len(_statements) >= MOST_STATEMENTS:
            _statements.clear()
        # The parts are kept with it, so that no other object gets the id of one.
        _statements[key] = _compiled(counted_parts, period, everywhere), counted_parts
    compiled, _parts = _statements[key]
    return compiled


def _compiled(counted_parts: tuple[Counted, ...], period: Period, everywhere: bool) -> Compiled:
    queries = []
    values: list[Any] = []
    for part in counted_parts:
        for rows in _addends(part, period, None if everywhere else UNITS):
            with suppress(EmptyResultSet):
                sql, parameters = rows.query.sql_with_params()
                queries.append((part, sql))
                values += parameters
    return queries, tuple(values)


def _addends(indicator: Counted, period: Period, units: Units) -> list[QuerySet[Any, Any]]:
    """Querysets of (unit, amount): whole years and months from the tally, the days at the edges
    from the rows themselves.
    """
    source = indicator.source
    if indicator.kind == "level" or not source.tally:
        return [_pairs(indicator.rows(period), source.where, indicator.amount, units)]
    first_days: dict[str, list[date]] = {"month": [], "year": []}
    edges = []
    for grain, piece in period.pieces():
        if grain == "day":
            edges.append(piece)
        else:
            first_days[grain] += _first_days(grain, piece)
    addends = (
        [_pairs(indicator.rows(*edges), source.where, indicator.amount, units)] if edges else []
    )
    if first_days["month"] or first_days["year"]:
        column = "rows" if indicator.amount == "1" else indicator.amount
        tally_rows = _tally_rows(source.tally, first_days).filter(**indicator.where)
        addends.append(_pairs(tally_rows, "unit", column, units))
    return addends


def _tally_rows(tally: Any, first_days: dict[str, list[date]]) -> QuerySet[Any]:
    """The rows of the tally for the months and years that begin on these days. Each day is listed,
    so that one index scan finds them all.
    """
    rows: QuerySet[Any] = tally.objects.filter(
        grain__in=[grain for grain in first_days if first_days[grain]],
        since__in=first_days["month"] + first_days["year"],
    )
    if first_days["month"] and first_days["year"]:
        rows = rows.exclude(grain="year", since__in=first_days["month"]).exclude(
            grain="month", since__in=first_days["year"]
        )
    return rows


def _first_days(grain: Grain, piece: Period) -> Iterator[date]:
    """The first day of each month or year of the period `piece`."""
    day = piece.since
    while day < piece.until:
        yield day
        day = next_month(day) if grain == "month" else day.replace(year=day.year + 1)


def _pairs(rows: QuerySet[Any], where: str, amount: str, units: Units) -> QuerySet[Any, Any]:
    """The rows as unordered (unit, amount)."""
    if units is not None:
        rows = rows.filter(**{f"{where}__among": units})
    if amount == "1":
        rows = rows.annotate(counts=Value(1))
        amount = "counts"
    pairs: QuerySet[Any, Any] = rows.order_by().values_list(where, amount)
    return pairs


def statements_within(indicator: Counted, period: Period, units: Units = None) -> list[Any]:
    """The statements of a flow that lie wholly within the period."""
    return [
        row
        for row in overlapping_statements(indicator, period, units)
        if period.covers(Period(row.since, row.until))
    ]


def overlapping_statements(indicator: Counted, period: Period, units: Units) -> list[Any]:
    """The statements of a flow that share a day with the period. In a read context no query for an
    indicator without statements, and none when repeated.
    """
    if units is not None and not isinstance(units, Ids):
        units = array(sorted(units))
    if not _has_statements(indicator, units):
        return []
    return once(
        ("statements", indicator.key, period, units),
        lambda: _read_statements(indicator, period, units),
    )


def _has_statements(indicator: Counted, units: Ids | None) -> bool:
    if indicator.kind != "flow":
        return False
    for source in STATEMENTS if is_noting() else ():
        note_rows(_table(source), [indicator.key], EVERY if units is None else units.text)
    return indicator.key in _stated_keys()


@cache
def _table(source: Callable[[], QuerySet[Any]]) -> str:
    return str(source().model._meta.db_table)


def _read_statements(indicator: Counted, period: Period, units: Ids | None) -> list[Any]:
    """The caller has noted them (`_has_statements`)."""
    statements: list[Any] = []
    for source in STATEMENTS:
        rows = source().filter(
            indicator=indicator.key, since__lt=period.until, until__gt=period.since
        )
        with declaring(_table(source)):
            statements += rows if units is None else rows.filter(unit__among=units)
    return statements


def _read_statements_ahead(sums: Iterable[tuple[Counted, Period, Ids | None]]) -> None:
    """Read the statements of these sums, those of one indicator and place together."""
    periods_of: dict[tuple[str, Ids | None], list[Period]] = defaultdict(list)
    flows = {}
    for indicator, period, units in sums:
        if _has_statements(indicator, units):
            flows[indicator.key] = indicator
            periods_of[indicator.key, units].append(period)
    for (key, units), periods in periods_of.items():
        hull = Period(min(one.since for one in periods), max(one.until for one in periods))
        rows = _read_statements(flows[key], hull, units)
        for period in periods:
            within = [row for row in rows if row.since < period.until and row.until > period.since]
            know(("statements", key, period, units), within)


def _stated_keys() -> set[str]:
    """The keys of the indicators that have any statement: one query, cached in a read context."""
    tables = [_table(source) for source in STATEMENTS]
    return once("stated indicators", _read_stated_keys, lasts=tables)


def _read_stated_keys() -> set[str]:
    keys: set[str] = set()
    for source in STATEMENTS:
        with declaring(_table(source)):
            keys.update(source().values_list("indicator", flat=True).distinct())
    return keys
