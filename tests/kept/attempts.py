"""What the database lets be changed, found out by trying: one row, every column, raw SQL."""

from datetime import UTC, date, datetime
from uuid import uuid4

from django.apps import apps
from django.db import DatabaseError, connection, transaction

REFUSALS = {"P0001", "23000", "23001"}  # raised by a trigger; 23502, 23514 ... would be others
FIRST = {
    "smallint": 1,
    "integer": 1,
    "bigint": 1,
    "boolean": False,
    "date": date(2025, 3, 1),
    "timestamp with time zone": datetime(2025, 3, 1, tzinfo=UTC),
    "jsonb": "{}",
    "ARRAY": "{}",
    "numeric": 1,
    "bytea": b"a",
    "double precision": 1.0,
    "character varying": "a",
    "text": "a",
    "inet": "10.0.0.1",
}
SECOND = FIRST | {
    "smallint": 2,
    "integer": 2,
    "bigint": 2,
    "boolean": True,
    "date": date(2025, 3, 2),
    "timestamp with time zone": datetime(2025, 3, 2, tzinfo=UTC),
    "jsonb": '{"a": 1}',
    "ARRAY": "{1}",
    "numeric": 2,
    "bytea": b"b",
    "double precision": 2.0,
    "character varying": "b",
    "text": "b",
    "inet": "10.0.0.2",
}


def columns(cursor, table):
    """{column: type as the information schema names it}, generated columns left out."""
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s "
        "AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return dict(cursor.fetchall())


def insert(cursor, table, values):
    """One row that no rule but those of types has looked at: `values`, and anything else."""
    row = {
        name: values[name] if name in values else _value(kind, FIRST)
        for name, kind in columns(cursor, table).items()
    }
    _without_checks(cursor, table)
    cursor.execute("SET LOCAL session_replication_role = replica")
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(map(quoted, row))}) OVERRIDING SYSTEM VALUE "
        f"VALUES ({', '.join(['%s'] * len(row))})",
        list(row.values()),
    )
    cursor.execute("SET LOCAL session_replication_role = origin")
    return row


def outcome(cursor, table, row):
    """(names of what may change, whether the row may be removed). A column with choices is tried
    with each of them and named `column>choice`.
    """
    key = _model(table)._meta.pk.column
    where = f"WHERE {quoted(key)} = %s"
    choices = _choices(table)
    attempts = []
    for name, kind in columns(cursor, table).items():
        if name == key:
            continue
        if name in choices:
            attempts += [
                (f"{name}>{value}", name, value) for value in choices[name] if value != row[name]
            ]
        else:
            attempts.append((name, name, _value(kind, SECOND)))
    changing = {
        label
        for label, name, value in attempts
        if not refused(cursor, f"UPDATE {table} SET {quoted(name)} = %s {where}", [value, row[key]])
    }
    return changing, not refused(cursor, f"DELETE FROM {table} {where}", [row[key]])


def refused(cursor, statement, values):
    """Whether a trigger refuses it; what it did is undone."""
    try:
        with transaction.atomic():
            cursor.execute(statement, values)
            transaction.set_rollback(True)
    except DatabaseError as error:
        if error.__cause__.sqlstate not in REFUSALS:
            raise
        return True
    return False


def _without_checks(cursor, table):
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x')",
        [table],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def _value(kind, values):
    return str(uuid4()) if kind == "uuid" else values.get(kind)


def _choices(table):
    return {
        field.column: [value for value, _ in field.flatchoices]
        for field in _model(table)._meta.concrete_fields
        if field.choices
    }


def _model(table):
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def cursor():
    return connection.cursor()


def quoted(name):
    return f'"{name}"'
