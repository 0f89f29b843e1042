"""Figures, against plain SQL that only groups the same rows, and against a columnar engine's
scan.
"""

import os
import tempfile
from datetime import date

from bench.ground import CITY, database_copy, fill, say
from bench.measure import RUNS, least_seconds, peak_mib, row, seconds

MAP_DAY, NATION = date(2026, 3, 16), 1
# They begin and end within a month, so that single days are read too. Both include the
# reorganisation of July 2025.
ONE_YEAR = date(2025, 2, 10), date(2026, 2, 10)
TEN_YEARS = date(2016, 4, 10), date(2026, 3, 10)
# A sum and counts, of one kind and of one form, from the most to nearly the least frequent.
KEYS = (
    "reception_visitors",
    "pib_supervisions",
    "opinions",
    "supervisions_217",
    "critique_conferences",
)

# The indexes of events that a figure can use; the thirty million rows have only these and the key.
READ = ("event_of_kind", "event_of_unit")


def bare_query(flow, period, units=None):
    """(SQL, values) that only groups the rows of a flow by the unit they were recorded at."""
    alias = "r" if flow.source.key == "part" else "e"
    tables = (
        "register_part AS r JOIN register_event AS e ON e.id = r.event_id"
        if alias == "r"
        else "register_event AS e"
    )
    amount = "count(*)" if flow.amount == "1" else f"sum({alias}.{flow.amount})"
    conditions = "".join(f" AND {alias}.{name} = %s" for name in flow.where)
    query = (
        f"SELECT {alias}.unit_id, {amount} FROM {tables} WHERE e.state = "
        f"'confirmed'{conditions} AND e.held_on >= %s "
        f"AND e.held_on < %s{'' if units is None else f' AND {alias}.unit_id = ANY(%s)'} "
        f"GROUP BY {alias}.unit_id"
    )
    return query, [
        *flow.where.values(),
        period.since,
        period.until,
        *([] if units is None else [list(units)]),
    ]


def fetch(query, values):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def one_year(rows):
    """A row for each of KEYS: the figure of all communes, one year, on today's map."""
    from danchu.figures.answer import by_unit
    from danchu.figures.catalogue import INDICATORS
    from danchu.kernel.days import Period

    fill(rows)
    period, rows_of_table = Period(*ONE_YEAR), []
    for key in KEYS:
        flow = INDICATORS[key]
        query = bare_query(flow, period)

        def ours(flow=flow):
            return by_unit(flow, NATION, period, MAP_DAY, "commune")

        memory = peak_mib(ours)
        _check_same_rows(ours(), fetch(*query))
        times = least_seconds(ours, lambda query=query: fetch(*query))
        name = (
            f"{key}: 3.321 xã, một năm, bản đồ hôm nay, {rows:,} dòng / SQL trần gộp theo "
            f"đơn vị ghi"
        )
        rows_of_table.append(row(name, *times, 1.5, memory))
    return rows_of_table


def _check_same_rows(figures, sums):
    """AssertionError unless the rival has counted the same rows, placed and unplaced."""
    total, total_placed = sum(amount for _unit, amount in sums), sum(f.value for f in figures)
    say(f"  {len(figures)} places from {len(sums)}; {total_placed} placed of {total}")
    assert 0 <= total - total_placed <= max((sum(f.unplaced for f in figures)), 0), (
        "not the same rows"
    )


def ten_years(rows):
    """Rows: ten years of the nation against the columnar engine's scan, and one city's figure
    against the same in a tenth of the rows.
    """
    from danchu.figures.answer import figure
    from danchu.figures.catalogue import INDICATORS
    from danchu.kernel.days import Period
    from danchu.units.find import unit_from

    period, city, flow = Period(*TEN_YEARS), unit_from(CITY).pk, INDICATORS["opinions"]

    def figure_of_city():
        return figure(flow, city, period, MAP_DAY)

    small = rows // 10
    fill(small, city_rows=small // 20, only=READ)
    with database_copy() as (in_copy, in_own):
        fill(rows, city_rows=small // 20, only=READ)
        rows_of_table = _against_columns(rows, period, flow)
        memory, times = peak_mib(figure_of_city), {in_copy: [], in_own: []}
        values = set()
        for _ in range(RUNS):
            for place in (in_copy, in_own):
                place()
                values.add(figure_of_city().value)
                times[place].append(seconds(figure_of_city))
    assert len(values) == 1, "not the same city"
    name = (
        f"số của một thành phố, mười năm, cả nước {rows:,} dòng / cùng thành phố, cả nước "
        f"{small:,} dòng"
    )
    return [*rows_of_table, row(name, min(times[in_own]), min(times[in_copy]), 1.3, memory)]


def _against_columns(rows, period, flow):
    import duckdb

    from danchu.figures.answer import by_unit

    def ours():
        return by_unit(flow, NATION, period, MAP_DAY, "commune")

    memory, rows_of_table = peak_mib(ours), []
    columns = (
        "CREATE TABLE event (unit_id INTEGER, held_on DATE, kind VARCHAR, state VARCHAR, "
        "opinions INTEGER)"
    )
    scan = (
        "SELECT unit_id, sum(opinions) FROM {} WHERE kind = 'opinion_conference' AND "
        "state = 'confirmed' "
        f"AND held_on >= DATE '{period.since}' AND held_on < DATE '{period.until}' GROUP BY unit_id"
    )
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as engine:
        engine.execute(columns)
        say("  the same columns into the columnar engine …")
        _copy_to(engine, folder)
        parquet = os.path.join(folder, "event.parquet")
        engine.execute(f"COPY event TO '{parquet}' (FORMAT parquet)")
        _check_same_rows(ours(), engine.execute(scan.format("event")).fetchall())
        for name, place in (("trong bộ nhớ", "event"), ("Parquet", f"'{parquet}'")):
            times = least_seconds(
                ours, lambda place=place: engine.execute(scan.format(place)).fetchall()
            )
            name = (
                f"opinions: 3.321 xã, mười năm, {rows:,} dòng / DuckDB quét cùng các cột ({name})"
            )
            rows_of_table.append(row(name, *times, 3, memory))
    return rows_of_table


def _copy_to(engine, folder):
    from django.db import connection

    path = os.path.join(folder, "event.csv")
    columns = (
        "COPY (SELECT unit_id, held_on, kind, state, opinions FROM register_event) TO STDOUT "
        "(FORMAT csv)"
    )
    with open(path, "wb") as file, connection.cursor() as cursor, cursor.copy(columns) as copy:
        for chunk in copy:
            file.write(chunk)
    engine.execute(f"COPY event FROM '{path}' (FORMAT csv, HEADER false)")
    os.unlink(path)
