"""What is planted past triggers and constraints, and which records `danchu verify` then names."""

from django.db import connection

from danchu.journal.digest_form import forms
from danchu.journal.verify_rows import record_problems
from tests.kept.attempts import quoted

# Another value for a column of each type, NULL included.
OTHER = {
    "boolean": "NOT coalesce({0}, FALSE)",
    "date": "coalesce({0}, DATE '2025-01-01') + 1",
    "timestamp with time zone": "coalesce({0}, now()) + interval '1 microsecond'",
    "jsonb": """coalesce({0}, '[]') || '{{"planted": 1}}'::jsonb""",
    "uuid": "gen_random_uuid()",
    "numeric": "coalesce({0}, 0) + 1",
    "smallint": "coalesce({0}, 0) + 1",
    "integer": "coalesce({0}, 0) + 1",
    "bigint": "coalesce({0}, 0) + 1000003",
    "character varying": "CASE WHEN {0} = 'a' THEN 'b' ELSE 'a' END",
    "text": "CASE WHEN {0} = 'a' THEN 'b' ELSE 'a' END",
}


def keys(kind):
    """The rows of the kind that are named."""
    return sorted(
        int(place.rpartition("#")[2].rstrip(")")) for place, _ in record_problems(forms()[kind])
    )


def free(cursor, table):
    """Take triggers and constraints away that would refuse what is planted."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET LOCAL session_replication_role = replica")
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x')",
        [table],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'u'", [table]
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
    cursor.execute(
        "SELECT indexrelid::regclass FROM pg_index WHERE indrelid = %s::regclass AND indisunique "
        "AND NOT indisprimary",
        [table],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP INDEX {name} CASCADE")


def plant(cursor, model, name, where):
    table = model._meta.db_table
    column = model._meta.get_field(name).column
    value = other(cursor, model, name)
    cursor.execute(f"UPDATE {table} SET {quoted(column)} = {value} WHERE {where}")
    assert cursor.rowcount == 1


def other(cursor, model, name):
    """SQL expression for another value of the field."""
    column = model._meta.get_field(name).column
    cursor.execute(
        "SELECT data_type FROM information_schema.columns WHERE table_name = %s "
        "AND column_name = %s",
        [model._meta.db_table, column],
    )
    return OTHER[cursor.fetchone()[0]].format(quoted(column))


def check_each_field(kind):
    """Each field of a record of the kind that has parts of each kind, and of one of each, changed
    by itself, a part that went and the record that went: the record is named.
    """
    form = forms()[kind]
    assert keys(kind) == []
    wholes = {
        model._meta.db_table: model._meta.get_field(rule.whole).column for model, rule in form.parts
    }
    has_parts = "".join(
        f' AND EXISTS (SELECT FROM {table} AS p WHERE p."{whole}" = r.id)'
        for table, whole in wholes.items()
    )
    with connection.cursor() as cursor:
        free(cursor, form.table)
        cursor.execute(
            f'SELECT r."{form.key}" FROM {form.table} AS r WHERE {form.counts}{has_parts} LIMIT 1'
        )
        (key,) = cursor.fetchone()
        places = [(form.model, form.rule.names, f'"{form.key}" = {key}')]
        for model, rule in form.parts:
            table = model._meta.db_table
            free(cursor, table)
            cursor.execute(f'SELECT min(ctid::text) FROM {table} WHERE "{wholes[table]}" = {key}')
            (place,) = cursor.fetchone()
            places.append((model, rule.names, f"ctid = '{place}'"))
        for model, names, where in places:
            for name in (*names, ""):
                cursor.execute("SAVEPOINT planted")
                if name:
                    plant(cursor, model, name, where)
                else:
                    cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {where}")
                assert keys(kind) == [key], (model, name)
                cursor.execute("ROLLBACK TO SAVEPOINT planted")
