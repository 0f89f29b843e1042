"""Sums of rows by recorded unit: one grouped query for a figure, cached in a read context.

Whole months and years come from the tally that triggers maintain, the days at the edges from the
rows themselves. So a confirmed record is in every figure at once, and a long period costs no more
than its months.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, Value

from danchu.figures.among import Ids, array
from danchu.figures.catalogue import STATEMENTS, Counted, parts
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Grain, Period, next_month
from danchu.kernel.reading import is_reading, once

Units = Ids | Iterable[UnitId] | None


def amounts(indicator: Counted, period: Period, units: Units = None) -> dict[UnitId, int]:
    """`{recorded unit: sum}` of the rows of a flow or level in the period, without zeros; `units`
    filters by recorded units (None: all).

    One query, whatever the parts of the period; none when repeated in the same read context.
    """
    if units is not None and not isinstance(units, Ids) and is_reading():
        units = array(sorted(units))
    return once(("sum", indicator.key, period, units), lambda: _amounts(indicator, period, units))


def _amounts(indicator: Counted, period: Period, units: Units) -> dict[UnitId, int]:
    """Run the query: a UNION ALL of the querysets of all parts, summed by PostgreSQL, whose pairs
    the driver returns.
    """
    queries = []
    for part in parts(indicator):
        for rows in _addends(part, period, units):
            with suppress(EmptyResultSet):
                queries.append(rows.query.sql_with_params())
    if not queries:
        return {}
    counted = " UNION ALL ".join(sql for sql, _parameters in queries)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT unit, sum(amount)::bigint FROM ({counted}) AS counted (unit, "
            f"amount) GROUP BY unit HAVING sum(amount) <> 0",
            [value for _sql, parameters in queries for value in parameters],
        )
        return dict(cursor.fetchall())


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
    indicator without statements.
    """
    if indicator.kind != "flow" or indicator.key not in _stated_keys():
        return []
    statements: list[Any] = []
    for source in STATEMENTS:
        rows = source().filter(
            indicator=indicator.key, since__lt=period.until, until__gt=period.since
        )
        statements += rows if units is None else rows.filter(unit__among=units)
    return statements


def _stated_keys() -> set[str]:
    """The keys of the indicators that have any statement: one query, cached in a read context."""
    return once("stated indicators", _read_stated_keys)


def _read_stated_keys() -> set[str]:
    return {
        key
        for statements in STATEMENTS
        for key in statements().values_list("indicator", flat=True).distinct()
    }
