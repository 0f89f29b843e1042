"""Figures: against the bare SQL that only groups the same rows, and against a columnar engine's
scan.
"""

import os
import tempfile
from datetime import date

from bench.ground import CITY, copied, fill, say
from bench.measure import RUNS, least, peak_mib, row, seconds

MAP_DAY, NATION = date(2026, 3, 16), 1
# No whole months at the ends: the days at the edges are read as well. Both cross the reorganisation
# of July 2025.
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

# What a figure can read of the events themselves; the thirty million rows have only these indexes
# and the key.
READ = ("event_of_kind", "event_of_unit")


def bare(what, period, units=None):
    """The SQL that only groups the rows of a flow by the unit they were recorded at, and its
    values.
    """
    own = "r" if what.source.key == "part" else "e"
    tables = (
        "register_part AS r JOIN register_event AS e ON e.id = r.event_id"
        if own == "r"
        else "register_event AS e"
    )
    amount = "count(*)" if what.amount == "1" else f"sum({own}.{what.amount})"
    conditions = "".join(f" AND {own}.{name} = %s" for name in what.where)
    query = (
        f"SELECT {own}.unit_id, {amount} FROM {tables} WHERE e.state = "
        f"'confirmed'{conditions} AND e.held_on >= %s "
        f"AND e.held_on < %s{'' if units is None else f' AND {own}.unit_id = ANY(%s)'} "
        f"GROUP BY {own}.unit_id"
    )
    return query, [
        *what.where.values(),
        period.since,
        period.until,
        *([] if units is None else [list(units)]),
    ]


def fetched(query, values):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def one_year(rows):
    """Any flow for all communes, one year, today's map: a row for each of the flows."""
    from danchu.figures.answer import by_unit
    from danchu.figures.catalogue import INDICATORS
    from danchu.kernel.days import Period

    fill(rows)
    period, found = Period(*ONE_YEAR), []
    for key in KEYS:
        what = INDICATORS[key]
        query = bare(what, period)

        def ours(what=what):
            return by_unit(what, NATION, period, MAP_DAY, "commune")

        memory = peak_mib(ours)
        _same(ours(), fetched(*query))
        times = least(ours, lambda query=query: fetched(*query))
        name = (
            f"{key}: 3.321 xã, một năm, bản đồ hôm nay, {rows:,} dòng / SQL trần gộp theo "
            f"đơn vị ghi"
        )
        found.append(row(name, *times, 1.5, memory))
    return found


def _same(ours, theirs):
    """The rival counts the same rows: all that is placed and all that no agreed share places."""
    total, placed = sum(amount for _unit, amount in theirs), sum(f.value for f in ours)
    say(f"  {len(ours)} places from {len(theirs)}; {placed} placed of {total}")
    assert 0 <= total - placed <= max((sum(f.unplaced for f in ours)), 0), "not the same rows"


def ten_years(rows):
    """Ten years of the nation against the columnar engine's scan, and one city's figure in it
    and in a small nation.
    """
    from danchu.figures.answer import figure
    from danchu.figures.catalogue import INDICATORS
    from danchu.kernel.days import Period
    from danchu.units.find import unit_from

    period, city, what = Period(*TEN_YEARS), unit_from(CITY).pk, INDICATORS["opinions"]

    def alone():
        return figure(what, city, period, MAP_DAY)

    small = rows // 10
    fill(small, city_rows=small // 20, only=READ)
    with copied() as (in_copy, in_own):
        fill(rows, city_rows=small // 20, only=READ)
        found = _against_columns(rows, period, what)
        memory, times = peak_mib(alone), {in_copy: [], in_own: []}
        values = set()
        for _ in range(RUNS):
            for place in (in_copy, in_own):
                place()
                values.add(alone().value)
                times[place].append(seconds(alone))
    assert len(values) == 1, "not the same city"
    name = (
        f"số của một thành phố, mười năm, cả nước {rows:,} dòng / cùng thành phố, cả nước "
        f"{small:,} dòng"
    )
    return [*found, row(name, min(times[in_own]), min(times[in_copy]), 1.3, memory)]


def _against_columns(rows, period, what):
    import duckdb

    from danchu.figures.answer import by_unit

    def ours():
        return by_unit(what, NATION, period, MAP_DAY, "commune")

    memory, found = peak_mib(ours), []
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
        _same(ours(), engine.execute(scan.format("event")).fetchall())
        for name, place in (("trong bộ nhớ", "event"), ("Parquet", f"'{parquet}'")):
            times = least(ours, lambda place=place: engine.execute(scan.format(place)).fetchall())
            name = (
                f"opinions: 3.321 xã, mười năm, {rows:,} dòng / DuckDB quét cùng các cột ({name})"
            )
            found.append(row(name, *times, 3, memory))
    return found


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
