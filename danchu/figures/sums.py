"""Sums of rows by recorded unit: one grouped query for a figure, run once in a read context.

Whole months and years come from the tally that triggers keep, the days at the edges from the rows
themselves. So a confirmed record is in every figure at once, and a long period costs no more than
its months.
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


def amounts(what: Counted, period: Period, units: Units = None) -> dict[UnitId, int]:
    """`{recorded unit: sum}` of the rows of a flow or level in the period, without zeros; `units`
    narrows to some recorded units (None: all).

    One query, whatever the parts of the period; none when it was run before in the same read
    context.
    """
    if units is not None and not isinstance(units, Ids) and is_reading():
        units = array(sorted(units))
    return once(("sum", what.key, period, units), lambda: _amounts(what, period, units))


def _amounts(what: Counted, period: Period, units: Units) -> dict[UnitId, int]:
    """Runs the query. The ORM writes which rows count, PostgreSQL sums them in one pass, and the
    driver's pairs are the answer.
    """
    queries = []
    for part in parts(what):
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


def _addends(what: Counted, period: Period, units: Units) -> list[QuerySet[Any, Any]]:
    """Querysets of (unit, amount): whole years and months from the tally, the days at the edges
    from the rows themselves.
    """
    source = what.source
    if what.kind == "level" or not source.tally:
        return [_pairs(what.rows(period), source.where, what.amount, units)]
    firsts: dict[str, list[date]] = {"month": [], "year": []}
    edges = []
    for grain, piece in period.pieces():
        if grain == "day":
            edges.append(piece)
        else:
            firsts[grain] += _firsts(grain, piece)
    addends = [_pairs(what.rows(*edges), source.where, what.amount, units)] if edges else []
    if firsts["month"] or firsts["year"]:
        column = "rows" if what.amount == "1" else what.amount
        cells = _cells(source.tally, firsts).filter(**what.where)
        addends.append(_pairs(cells, "unit", column, units))
    return addends


def _cells(tally: Any, firsts: dict[str, list[date]]) -> QuerySet[Any]:
    """The cells of months and years that begin on these days: each named, so that one walk of
    the index meets them all.
    """
    cells: QuerySet[Any] = tally.objects.filter(
        grain__in=[grain for grain in firsts if firsts[grain]],
        since__in=firsts["month"] + firsts["year"],
    )
    if firsts["month"] and firsts["year"]:
        cells = cells.exclude(grain="year", since__in=firsts["month"]).exclude(
            grain="month", since__in=firsts["year"]
        )
    return cells


def _firsts(grain: Grain, piece: Period) -> Iterator[date]:
    """The first days of the months or years of a piece."""
    day = piece.since
    while day < piece.until:
        yield day
        day = next_month(day) if grain == "month" else day.replace(year=day.year + 1)


def _pairs(rows: QuerySet[Any], where: str, amount: str, units: Units) -> QuerySet[Any, Any]:
    """The rows as (unit, amount), in no order."""
    if units is not None:
        rows = rows.filter(**{f"{where}__among": units})
    if amount == "1":
        rows = rows.annotate(counts=Value(1))
        amount = "counts"
    pairs: QuerySet[Any, Any] = rows.order_by().values_list(where, amount)
    return pairs


def statement_rows(what: Counted, period: Period, units: Units = None) -> list[Any]:
    """The statements of a flow that lie wholly within the period."""
    return [
        row
        for row in statements_that_meet(what, period, units)
        if period.covers(Period(row.since, row.until))
    ]


def statements_that_meet(what: Counted, period: Period, units: Units) -> list[Any]:
    """The statements of a flow that share a day with the period; in a read context no query where
    nothing is stated.
    """
    if what.kind != "flow" or what.key not in _stated_keys():
        return []
    statements: list[Any] = []
    for source in STATEMENTS:
        rows = source().filter(indicator=what.key, since__lt=period.until, until__gt=period.since)
        statements += rows if units is None else rows.filter(unit__among=units)
    return statements


def _stated_keys() -> set[str]:
    """The keys of the indicators there is any statement of: few, so one query for a whole page."""
    return once("stated indicators", _ask_stated_keys)


def _ask_stated_keys() -> set[str]:
    return {
        key
        for statements in STATEMENTS
        for key in statements().values_list("indicator", flat=True).distinct()
    }
