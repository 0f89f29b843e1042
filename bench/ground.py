"""The bench's own database, with the country loaded and a given number of events."""

import os
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST, DAYS = date(2016, 3, 16), 3652  # ten years of days, up to 2026-03-15
CUT = date(2025, 7, 1)  # the reorganisation: rows are at old units before, at new ones since
CHUNK = 500_000
SUMS = ("one_tally_cell", "tally_of_unit")
CITY = "01@2026-03-16"  # its rows are the same whatever the number of all rows


def prepare(keep=False):
    """Start Django on the bench's own cluster, created anew unless `keep`; DATABASE_URL is ignored.

    The cluster runs without fsync. Returns a function that stops and removes it.
    """
    var = ROOT / "var" / "bench"
    os.environ |= {
        "DANCHU_VAR": str(var),
        "DANCHU_TESTING": "1",
        "DJANGO_SETTINGS_MODULE": "danchu.config.settings",
    }
    os.environ.pop("DATABASE_URL", None)
    from danchu.config.settings import embedded_cluster

    cluster = embedded_cluster()

    def remove():
        cluster.stop()
        shutil.rmtree(cluster.home, ignore_errors=True)
        shutil.rmtree(var, ignore_errors=True)

    if not keep:
        remove()
    os.environ["DANCHU_EMBEDDED_URL"] = cluster.start()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        for setting in ("autovacuum = off", "full_page_writes = off"):
            cursor.execute(f"ALTER SYSTEM SET {setting}")
        cursor.execute("SELECT pg_reload_conf()")
    call_command("migrate", verbosity=0)
    from danchu.figures.loading import load_scores
    from danchu.people.actor import Actor
    from danchu.units.models import Unit
    from danchu.units.sources_load import load_units

    by = Actor.system("bench")
    if not Unit.objects.exists():
        load_units(by=by)
        load_scores(by=by)
    return remove


def say(text):
    print(text, file=sys.stderr, flush=True)


def fill(rows, city_rows=None, only=None):
    """Write `rows` events over ten years, `city_rows` of them in Hà Nội (the same whatever `rows`),
    with all indexes and sums.

    The rows are inserted without triggers and indexes, which are then created as the migrations do:
    the same state in a fraction of the time. `only` names the indexes of events that the
    measurement needs; the others are left out.
    """
    from django.db import connection

    city_rows = city_rows or rows // 20
    mark = f"{rows}/{city_rows}/{' '.join(only or ['all'])}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('register_event'::regclass)")
        if cursor.fetchone()[0] == mark:
            return
        say(f"  {rows:,} events …")
        cursor.execute("COMMENT ON TABLE register_event IS NULL")
        cursor.execute("TRUNCATE register_event, register_eventtally RESTART IDENTITY CASCADE")
        write(cursor, rows, city_rows, only)
        cursor.execute(f"COMMENT ON TABLE register_event IS '{mark}'")


def write(cursor, rows, city_rows, only=None):
    """Write the rows beside those that are there already, while the table of sums is empty."""
    from danchu.register.migrations._tally import refill

    started_at = time.perf_counter()
    cursor.execute("SELECT coalesce(max(id), 0) FROM register_event")
    (last_before,) = cursor.fetchone()
    indexes = [
        index
        for table in ("register_event", "register_eventtally")
        for index in _drop_indexes(cursor, table)
    ]
    cursor.execute("ALTER TABLE register_event DISABLE TRIGGER ALL")
    _two_at_once(_pieces(rows, city_rows))
    cursor.execute("ALTER TABLE register_event ENABLE TRIGGER ALL")
    say(f"  rows after {time.perf_counter() - started_at:.0f} s")
    _two_at_once((refill(f"kind IN {kinds}"), None) for kinds in _halves(cursor))
    say(f"  sums after {time.perf_counter() - started_at:.0f} s")
    _two_at_once(
        (definition, None) for definition, name in indexes if only is None or name in (*only, *SUMS)
    )
    say(f"  indexes after {time.perf_counter() - started_at:.0f} s")
    _parts(cursor, last_before)
    cursor.execute("VACUUM ANALYZE register_event, register_eventtally, register_part")
    say(f"  all after {time.perf_counter() - started_at:.0f} s")


def _two_at_once(questions):
    """Run (SQL, values) two at a time, each on its own connection with much memory for sorting."""
    from django.db import connection

    def run(question):
        with connection.cursor() as cursor:
            cursor.execute(
                "SET maintenance_work_mem = '512MB'; SET work_mem = '512MB'; SET "
                "hash_mem_multiplier = 3"
            )
            cursor.execute(*question)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, questions))


def _halves(cursor):
    """The kinds of events in two groups of about as many rows."""
    cursor.execute("SELECT DISTINCT kind FROM register_event")
    kinds = {kind for kind, _form, _times in MIXTURE} | {kind for (kind,) in cursor.fetchall()}
    kinds = sorted(kinds, key=lambda kind: (kind == "reception", kind))
    return [tuple(kinds[0::2]), tuple(kinds[1::2])]


@contextmanager
def database_copy():
    """Copy the database until the end of the context; two functions that connect Django to the copy
    and back to its own.
    """
    from django.db import connection

    own, copy = connection.settings_dict["NAME"], "danchu_bench_copy"

    def go(name):
        connection.close()
        connection.settings_dict["NAME"] = name

    def manage(*questions):
        go("postgres")
        with connection.cursor() as cursor:
            for question in questions:
                cursor.execute(question)
        go(own)

    drop = f"DROP DATABASE IF EXISTS {copy}"
    manage(drop, f'CREATE DATABASE {copy} TEMPLATE "{own}" STRATEGY file_copy')
    try:
        yield lambda: go(copy), lambda: go(own)
    finally:
        manage(drop)


def _drop_indexes(cursor, table):
    """Drop all indexes but the key's; [(definition, name)], also stored for the next filling."""
    cursor.execute(
        "CREATE TABLE IF NOT EXISTS bench_index (definition text, name text, owner text, "
        "is_constraint boolean)"
    )
    cursor.execute(
        """
        INSERT INTO bench_index SELECT CASE WHEN c.oid IS NULL THEN pg_get_indexdef(i.indexrelid)
          ELSE format('ALTER TABLE %%I ADD CONSTRAINT %%I ', %(table)s, c.conname) ||
              pg_get_constraintdef(c.oid) END,
          i.indexrelid::regclass::text, %(table)s, c.oid IS NOT NULL
        FROM pg_index AS i LEFT JOIN pg_constraint AS c ON c.conindid = i.indexrelid AND
            c.conrelid = i.indrelid
        WHERE i.indrelid = %(table)s::regclass AND NOT i.indisprimary
          AND i.indexrelid::regclass::text NOT IN (SELECT name FROM bench_index)
        """,
        {"table": table},
    )
    cursor.execute(
        "SELECT definition, name, is_constraint FROM bench_index WHERE owner = %s ORDER BY name",
        [table],
    )
    indexes = cursor.fetchall()
    for _definition, name, is_constraint in indexes:
        cursor.execute(
            f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}"
            if is_constraint
            else f"DROP INDEX IF EXISTS {name}"
        )
    return [row[:2] for row in indexes]


def _pieces(rows, city_rows):
    """Yields (INSERT, values) in pieces, so that the rows are stored roughly in order of days."""
    query, values = (
        _query(),
        _places()
        | {"rows": rows, "city_rows": city_rows, "first": FIRST, "days": DAYS, "cut": CUT},
    )
    for start in range(1, rows + 1, CHUNK):
        yield query, {**values, "start": start, "end": min(start + CHUNK - 1, rows)}


def _places():
    """{name: unit ids} at which rows are recorded, weighted towards communes: within the city and
    outside, on the old and the new map.
    """
    from danchu.units.find import unit_from
    from danchu.units.maps import boundaries

    map_today, city = boundaries(date(2026, 3, 16)), unit_from(CITY).pk
    city_units, ids = map_today.sources(city), {}
    for era, day in (("old", date(2025, 6, 30)), ("new", date(2026, 3, 16))):
        map_of_day = boundaries(day)
        weighted = [
            u
            for level, times in (("commune", 8), ("district", 5), ("province", 8))
            for u in map_of_day.units_at(level) * times
        ]
        ids[f"city_{era}"] = [u for u in weighted if u in city_units]
        ids[f"{era}"] = [u for u in weighted if u not in city_units]
    return ids


# (kind, form, per cent of the rows)
MIXTURE = (
    ("reception", "regular", 20),
    ("reception", "periodic", 8),
    ("petition", "complaint", 5),
    ("petition", "feedback", 10),
    ("inspection_round", "", 14),
    ("opinion_conference", "", 10),
    ("dialogue", "periodic", 6),
    ("dialogue", "authority", 4),
    ("supervision_217", "delegation", 5),
    ("supervision_217", "study", 3),
    ("communication", "", 5),
    ("training", "", 2),
    ("critique", "conference", 2),
    ("critique", "written", 1),
    ("document", "directive", 2),
    ("conference", "online", 2),
    ("emulation_launch", "", 1),
)
TOPICS = (
    "thu, chi quỹ vận động",
    "xây dựng nông thôn mới",
    "giải phóng mặt bằng đường vành đai",
    "bầu trưởng thôn",
    "quy hoạch sử dụng đất",
    "vệ sinh môi trường",
    "trường mầm non",
    "hương ước, quy ước",
    "cấp giấy chứng nhận",
    "hỗ trợ hộ nghèo",
    "nước sạch",
    "đường liên xã",
    "chợ dân sinh",
    "an ninh trật tự",
    "chuyển đổi số",
    "nhà văn hóa",
)


def _query():
    """One INSERT of the rows from `start` to `end`; columns not named here have the model's
    defaults.

    Row n is the city's k-th when floor(n × city_rows / rows) steps to k, so that the city has the
    same rows whatever the number of all rows.
    """
    from danchu.register.models import Event

    expressions = {
        "uid": "lpad(to_hex(n), 32, '0')::uuid",
        "reference": "n || '/BC'",
        "kind": "kinds[mix]",
        "form": "forms[mix]",
        "held_on": "day",
        "title": "topics[1 + a %% 16] || ' ' || n",
        "state": "CASE WHEN b %% 100 < 97 THEN 'confirmed' ELSE 'draft' END",
        "recorded_by": "'account:' || a %% 9000",
        "recorded_at": "day + interval '3 days'",
        "participants": "10 + a %% 180",
        "people": "a %% 30",
        "opinions": "c %% 40",
        "opinions_accepted": "c %% 40 / 2",
        "recommended": "c %% 5",
        "accepted": "c %% 5 / 2",
        "findings": "c %% 4",
        "resolved": "c %% 4 / 2",
        "matters_first": "a %% 20",
        "illustrative": "false",
        "unit": "CASE WHEN day < %(cut)s THEN CASE WHEN is_city THEN city_old[1 + u %% "
        "cardinality(city_old)] ELSE old[1 + u %% cardinality(old)] END "
        "ELSE CASE WHEN is_city THEN city_new[1 + u %% cardinality(city_new)] ELSE new[1 "
        "+ u %% cardinality(new)] END END",
    }
    columns = {
        f.column: expressions.get(f.name) or _default(f)
        for f in Event._meta.concrete_fields
        if f.name != "id"
    }
    mix = [(kind, form) for kind, form, times in MIXTURE for _ in range(times)]
    arrays = {
        "kinds": [kind for kind, _ in mix],
        "forms": [form for _, form in mix],
        "topics": TOPICS,
    }
    words = ", ".join(
        f"ARRAY[{', '.join(repr(w) for w in values)}] AS {name}" for name, values in arrays.items()
    )
    places = ", ".join(
        f"%({name})s::int[] AS {name}" for name in ("old", "new", "city_old", "city_new")
    )
    hashes = ", ".join(
        f"(hashint8extended(s, {seed}) & 1073741823)::int AS {name}"
        for seed, name in enumerate("abcu")
    )
    return f"""
    INSERT INTO register_event ({", ".join(columns)})
    SELECT {", ".join(columns.values())} FROM (
      SELECT *, 1 + (a / 7) %% 100 AS mix, greatest(%(first)s::date, %(first)s::date + (far *
          %(days)s)::int - 1 - b %% 21) AS day
      FROM (SELECT *, {hashes} FROM (
        SELECT n, city > before AS is_city, CASE WHEN city > before THEN -city ELSE n END AS s,
               CASE WHEN city > before THEN city::numeric / %(city_rows)s ELSE n::numeric /
                   %(rows)s END AS far
        FROM (SELECT n, n * %(city_rows)s / %(rows)s AS city, (n - 1) * %(city_rows)s / %(rows)s
            AS before
              FROM generate_series(%(start)s::bigint, %(end)s::bigint) AS n) AS x) AS y) AS z
    ) AS row, (SELECT {words}, {places} OFFSET 0) AS given
    """


def _default(field):
    return (
        "NULL"
        if field.null
        else "''"
        if field.get_internal_type() in ("CharField", "TextField")
        else "0"
    )


def _parts(cursor, last_before):
    """Insert three bridge points for each online conference with an id above the last one
    before.
    """
    cursor.execute("ALTER TABLE register_part DISABLE TRIGGER ALL")
    cursor.execute(
        "INSERT INTO register_part (event_id, role, unit_id, name, amount) SELECT id, "
        "'bridge_point', unit_id, '', 5 + id %% 60 "
        "FROM register_event, generate_series(1, 3) WHERE kind = 'conference' AND form = 'online' "
        "AND register_event.id > %s",
        [last_before],
    )
    cursor.execute("ALTER TABLE register_part ENABLE TRIGGER ALL")
