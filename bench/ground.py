"""A database of its own for the bench, with the country loaded and as many events as asked for."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("supervision_217", "opinion_conference", "dialogue", "inspection_round", "reception", "petition", "critique", "communication")
FIRST, DAYS = "2016-03-16", 3652  # ten years of days, up to 2026-03-15


def prepare():
    """Start Django on the bench's own cluster (not durable: nothing here must last)."""
    os.environ.setdefault("DANCHU_VAR", str(ROOT / "var" / "bench"))
    os.environ["DANCHU_TESTING"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "danchu.config.settings"
    if not os.environ.get("DATABASE_URL"):
        from danchu.config.settings import embedded_cluster

        cluster = embedded_cluster()
        os.environ["DANCHU_EMBEDDED_URL"] = cluster.start()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from danchu.figures.loading import load_scores
    from danchu.people.actor import Actor
    from danchu.units.models import Unit
    from danchu.units.sources_load import load_units

    by = Actor.system("bench")
    if not Unit.objects.exists():
        load_units(by=by)
        load_scores(by=by)


def say(text):
    print(text, file=sys.stderr, flush=True)


def fill(rows):
    """`rows` events over ten years at the communes of their day, spread evenly by kind; indexes and month sums whole.

    The rows go in without triggers and indexes, which are then made as the migrations make them: the same state in a
    fraction of the time. Each commune counts on its own map: before July 2025 an old one, since then a new one.
    """
    from django.db import connection

    from danchu.register.migrations._tally import refill

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM register_event")
        if cursor.fetchone()[0] == rows:
            return
        say(f"  {rows:,} events …")
        cursor.execute("SELECT indexdef, indexname FROM pg_indexes WHERE tablename = 'register_event' AND indexname NOT LIKE '%_pkey'")
        indexes = [row for row in cursor.fetchall() if "UNIQUE" not in row[0]]
        cursor.execute("TRUNCATE register_event, register_eventtally CASCADE")
        for _definition, name in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute("ALTER TABLE register_event DISABLE TRIGGER ALL")
        for start in range(1, rows + 1, 1_000_000):
            end = min(start + 999_999, rows)
            cursor.execute(_insert(), {"start": start, "end": end, "days": DAYS, "first": FIRST, "kinds": list(KINDS)})
            say(f"  {end:,}")
        cursor.execute("ALTER TABLE register_event ENABLE TRIGGER ALL")
        for definition, _name in indexes:
            cursor.execute(definition)
        say("  sums by month and year …")
        cursor.execute(refill())
        cursor.execute("VACUUM ANALYZE register_event")
        cursor.execute("VACUUM ANALYZE register_eventtally")


def _columns():
    from danchu.register.models import Event

    return [f for f in Event._meta.concrete_fields if f.name != "id"]


def _insert():
    """Every column a value: those not named here get what the model says by default."""
    named = {
        "uid": "lpad(to_hex(n), 32, '0')::uuid", "reference": "''", "kind": "(%(kinds)s::text[])[1 + n %% 8]", "form": "''",
        "held_on": "day", "title": "'Cuộc thứ ' || n", "note": "''", "state": "'confirmed'", "recorded_by": "'bench'",
        "recorded_at": "now()", "opinions": "n %% 7", "findings": "n %% 3", "resolved": "CASE WHEN n %% 3 > 1 THEN 1 ELSE 0 END",
        "participants": "n %% 90", "illustrative": "false", "reason": "''",
        "unit": "CASE WHEN day < DATE '2025-07-01' THEN old[1 + (n * 7919) %% cardinality(old)] ELSE new[1 + (n * 7919) %% cardinality(new)] END",
    }  # fmt: skip
    named["search"] = "'cuoc thu ' || n"
    columns, values = [], []
    for field in _columns():
        value = named.get(field.name)
        if value is None:
            value = "NULL" if field.null else "0" if field.get_internal_type() != "CharField" else "''"
        columns.append(field.column)
        values.append(value)
    return f"""
    WITH places AS (SELECT
      (SELECT array_agg(id ORDER BY id) FROM units_unit WHERE level = 'commune' AND since < DATE '2025-07-01') AS old,
      (SELECT array_agg(id ORDER BY id) FROM units_unit WHERE level = 'commune' AND (until IS NULL OR until > DATE '2025-07-01')) AS new)
    INSERT INTO register_event ({", ".join(columns)})
    SELECT {", ".join(values)}
    FROM (SELECT n, %(first)s::date + ((n * 104729) %% %(days)s)::int AS day FROM generate_series(%(start)s::bigint, %(end)s) AS n) AS x, places
    """
