"""Figures: against the bare SQL that only groups the same rows, and against a columnar engine's scan."""

from datetime import date
from uuid import uuid4

from bench.ground import fill, say
from bench.measure import against, memory_mib, seconds

MAP_DAY, NATION = date(2026, 3, 16), 1


def one_year():
    """Any flow indicator for all 3,321 communes, one year, today's map, 1 million rows."""
    from django.db import connection

    from danchu.figures.answer import by_unit
    from danchu.figures.catalogue import INDICATORS
    from danchu.kernel.days import Period

    fill(1_000_000)
    # No whole months at the ends: the rows at the edges are read as well.
    period, what = Period(date(2025, 2, 10), date(2026, 2, 10)), INDICATORS["opinions"]
    bare = (
        "SELECT unit_id, sum(opinions) FROM register_event WHERE kind = 'opinion_conference' AND state = 'confirmed' "
        "AND held_on >= %s AND held_on < %s GROUP BY unit_id"
    )

    def ours():
        return by_unit(what, NATION, period, MAP_DAY, "commune")

    def rival():
        with connection.cursor() as cursor:
            cursor.execute(bare, [period.since, period.until])
            return cursor.fetchall()

    placed = sum(f.value for f in ours())
    total = sum(amount for _unit, amount in rival())
    say(f"  {len(ours())} places; placed {placed} of {total}")
    return against("one indicator, 3,321 communes, one year, 1 M rows / bare grouping SQL", ours, rival, 1.5)


def ten_years(rows=30_000_000):
    """The same over ten years and 30 million rows, against DuckDB's scan of the same columns; and one city alone."""
    import duckdb
    from django.db import connection

    from danchu.figures.answer import by_unit, figure
    from danchu.figures.catalogue import INDICATORS
    from danchu.kernel.days import Period
    from danchu.units.find import unit_from

    fill(rows)
    period, what = Period(date(2016, 4, 10), date(2026, 3, 10)), INDICATORS["opinions"]
    engine = duckdb.connect()
    engine.execute("CREATE TABLE event (unit_id INTEGER, held_on DATE, kind VARCHAR, state VARCHAR, opinions INTEGER)")
    say("  the same columns into the columnar engine …")
    _copy_to(engine, connection)
    scan = (
        "SELECT unit_id, sum(opinions) FROM event WHERE kind = 'opinion_conference' AND state = 'confirmed' "
        f"AND held_on >= DATE '{period.since}' AND held_on < DATE '{period.until}' GROUP BY unit_id"
    )

    def ours():
        return by_unit(what, NATION, period, MAP_DAY, "commune")

    def rival():
        return engine.execute(scan).fetchall()

    row = against(f"the same, ten years, {rows // 1_000_000} M rows / DuckDB scan of the same columns", ours, rival, 3)
    city = unit_from("01@2026-03-16").pk
    alone = against(
        "one city's figure, ten years / the nation's (a city's rows, not the nation's)",
        lambda: figure(what, city, period, MAP_DAY), lambda: figure(what, NATION, period, MAP_DAY), 0.5,
    )  # fmt: skip
    return [row, alone]


def _copy_to(engine, connection):
    import os
    import tempfile

    columns = "COPY (SELECT unit_id, held_on, kind, state, opinions FROM register_event) TO STDOUT (FORMAT csv)"
    with (
        tempfile.NamedTemporaryFile(suffix=".csv", delete=False) as file,
        connection.cursor() as cursor,
        cursor.copy(columns) as copy,
    ):
        for chunk in copy:
            file.write(chunk)
    engine.execute(f"COPY event FROM '{file.name}' (FORMAT csv, HEADER false)")
    os.unlink(file.name)


def whole_report():
    """The whole report of one city after one new record, nothing cached before, against its bare grouping queries."""
    from django.db import connection

    from danchu.people.actor import Actor
    from danchu.register.actions import confirm_event, draft_event
    from danchu.reports.document import fill as fill_report
    from danchu.reports.template import read_form
    from danchu.units import maps
    from danchu.units.find import unit_from

    fill(1_000_000)
    form, by, ward = read_form("ha-noi-2023"), Actor.system("bench"), unit_from("00004@2023-12-12")
    document = fill_report(form)
    bare = [_bare(f) for f in _flows(document)]

    def ours():
        event = draft_event("dialogue", by=by, unit=ward, held_on=date(2023, 3, 3), title="Mới", reference=f"B-{uuid4()}")
        confirm_event(event, by=by)
        _forget(maps)
        began = seconds(lambda: fill_report(form))
        times.append(began)

    def rival():
        with connection.cursor() as cursor:
            for query, values in bare:
                cursor.execute(query, values)
                cursor.fetchall()

    times, other = [], []
    for _ in range(5):
        ours()
        other.append(seconds(rival))
    own, bare_time = sorted(times)[2], sorted(other)[2]
    return {
        "name": "whole report of one city after one new record, nothing cached, 1 M rows / its bare grouping queries",
        "ours": round(own, 4), "rival": round(bare_time, 4), "ratio": round(own / bare_time, 3), "goal": "≤ 2",
        "memory_mib": memory_mib(),
    }  # fmt: skip


def _flows(document):
    """The flows the document rests on: each once."""
    from danchu.reports.sealing import base_figures

    whole = [f for f in base_figures(document) if f.indicator.kind == "flow" and f.unit_id == document.unit_id]
    return [f for f in whole if f.indicator.source.key == "event"]


def _bare(found):
    from danchu.units.maps import boundaries

    what = found.indicator
    amount = "count(*)" if what.amount == "1" else f"sum({what.amount})"
    conditions = " AND ".join(f"{name} = %s" for name in what.where)
    units = list(boundaries(found.map_day).sources(found.unit_id))
    query = (
        f"SELECT unit_id, {amount} FROM register_event WHERE state = 'confirmed' AND {conditions} "
        "AND held_on >= %s AND held_on < %s AND unit_id = ANY(%s) GROUP BY unit_id"
    )
    return query, [*what.where.values(), found.period.since, found.period.until, units]


def _forget(maps):
    """Drop every map kept in this process."""
    for name in dir(maps):
        clear = getattr(getattr(maps, name), "cache_clear", None)
        if clear:
            clear()
