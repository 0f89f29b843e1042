"""Sums of rows by recorded unit: one grouped question to the database for a figure, asked once in a
reading.

Whole months and years are read from the tally its triggers keep, the days at the edges from the
rows themselves, so a confirmed record is in every figure at once and a long period costs no more
than its months.
"""

from contextlib import contextmanager, suppress
from contextvars import ContextVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Value

from danchu.figures.among import Ids, array
from danchu.figures.catalogue import STATEMENTS, parts
from danchu.kernel.days import Period, next_month
from danchu.units.maps import one_map

_reading = ContextVar("sums asked in this reading", default=None)


def amounts(what, period, units=None):
    """{recorded unit: sum} of the rows of a flow or level in the period; `units` narrows to some
    recorded units.

    One question, whatever the parts of the period; none when it was asked before in the same
    reading.
    """
    asked = _reading.get()
    if asked is None:
        return _amounts(what, period, units)
    if units is not None and not isinstance(units, Ids):
        units = array(sorted(units))
    place = what.key, period, units
    if place not in asked:
        asked[place] = _amounts(what, period, units)
    return asked[place]


@contextmanager
def one_reading():
    """Inside, each sum is asked of the database once and every figure stands on one version of the
    maps.

    For a page or a report that only reads; never around a write.
    """
    if _reading.get() is not None:
        yield
        return
    token = _reading.set({})
    try:
        with one_map():
            yield
    finally:
        _reading.reset(token)


def _amounts(what, period, units):
    """The ORM writes which rows count, PostgreSQL sums them in one pass, the driver's pairs are
    the answer.
    """
    written = []
    for part in parts(what):
        for rows in _counted(part, period, units):
            with suppress(EmptyResultSet):
                written.append(rows.query.sql_with_params())
    if not written:
        return {}
    counted = " UNION ALL ".join(query for query, _values in written)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT unit, sum(amount)::bigint FROM ({counted}) AS counted (unit, "
            f"amount) GROUP BY unit HAVING sum(amount) <> 0",
            [value for _query, values in written for value in values],
        )
        return dict(cursor.fetchall())


def _counted(what, period, units):
    """(unit, amount) querysets: whole years and months from the tally, the days at the edges
    from the rows themselves.
    """
    source = what.source
    if what.kind == "level" or not source.tally:
        return [_amounts_of(what.rows(period), source.where, what.amount, units)]
    firsts = {"month": [], "year": []}
    for grain, piece in period.pieces():
        if grain != "day":
            firsts[grain] += _firsts(grain, piece)
    edges = [piece for grain, piece in period.pieces() if grain == "day"]
    asked = [_amounts_of(what.rows(*edges), source.where, what.amount, units)] if edges else []
    if firsts["month"] or firsts["year"]:
        column = "rows" if what.amount == "1" else what.amount
        asked.append(
            _amounts_of(_cells(source.tally, firsts).filter(**what.where), "unit", column, units)
        )
    return asked


def _cells(tally, firsts):
    """The cells of months and years that begin on these days: each named, so that one walk of
    the index meets them all.
    """
    cells = tally.objects.filter(
        grain__in=[g for g in firsts if firsts[g]], since__in=firsts["month"] + firsts["year"]
    )
    if firsts["month"] and firsts["year"]:
        cells = cells.exclude(grain="year", since__in=firsts["month"]).exclude(
            grain="month", since__in=firsts["year"]
        )
    return cells


def _firsts(grain, piece):
    day = piece.since
    while day < piece.until:
        yield day
        day = next_month(day) if grain == "month" else day.replace(year=day.year + 1)


def _amounts_of(rows, where, amount, units):
    if units is not None:
        rows = rows.filter(**{f"{where}__among": units})
    if amount == "1":
        rows, amount = rows.annotate(counts=Value(1)), "counts"
    return rows.order_by().values_list(where, amount)


def statement_rows(what, period, units=None):
    """The statements of a flow that lie wholly within the period."""
    return [
        row
        for row in statements_that_meet(what, period, units)
        if period.covers(Period(row.since, row.until))
    ]


def statements_that_meet(what, period, units):
    """The statements of a flow that share a day with the period; in a reading no question where
    nothing is stated.
    """
    if what.kind != "flow" or what.key not in _stated_keys():
        return []
    found = []
    for statements in STATEMENTS:
        rows = statements().filter(
            indicator=what.key, since__lt=period.until, until__gt=period.since
        )
        found += rows if units is None else rows.filter(unit__among=units)
    return found


def _stated_keys():
    """The indicators there is any statement of: few, so one question for a whole page."""
    asked = _reading.get()
    if asked is not None and "stated" in asked:
        return asked["stated"]
    keys = {
        key
        for statements in STATEMENTS
        for key in statements().values_list("indicator", flat=True).distinct()
    }
    if asked is not None:
        asked["stated"] = keys
    return keys
