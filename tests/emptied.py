"""Empties the tables after a test that commits, by deleting the few rows it has left.

Django's flush truncates every table, which takes half a second even when they are empty, and then
creates its own rows again. Here every table is locked as flush would lock it; only tables with rows
are emptied, with the triggers that protect rows disabled, and Django's own rows stay. On another
server than the embedded one Django's flush is used.
"""

from django.db import connections, transaction

from tests.country import copied_anew

# Written by migrate, the same for every test.
STAYING = {"django_content_type", "auth_permission", "django_site"}
# Not among Django's tables: procrastinate's models of them are not managed, and the cache has none.
QUEUE = [
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
    "people_count",
]
MUCH = 2 * 1024 * 1024  # bytes of one table


def empty(alias):
    """Empty the tables; False, and nothing done, when one holds so much that flush is quicker."""
    connection = connections[alias]
    quote = connection.ops.quote_name
    tables = [
        quote(name)
        for name in connection.introspection.django_table_names(
            only_existing=True, include_views=False
        )
        if name not in STAYING
    ] + QUEUE
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(
            " UNION ALL ".join(f"(SELECT '{table}' FROM {table} LIMIT 1)" for table in tables)
        )
        filled = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "SELECT max(pg_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name", [filled]
        )
        if (cursor.fetchone()[0] or 0) > MUCH:
            return False
        cursor.execute(
            "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = "
            "tgrelid WHERE tgenabled = 'A'"
        )
        # Their triggers refuse to delete a row even in the role of a replica.
        guarded = {quote(name) for (name,) in cursor.fetchall()}
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in filled:
            cursor.execute(f"TRUNCATE {name}" if name in guarded else f"DELETE FROM {name}")
        cursor.execute("SET LOCAL session_replication_role = origin")
        for name in filled:
            if name not in guarded:
                # No row is left; this fires the triggers of statements, as TRUNCATE would.
                cursor.execute(f"DELETE FROM {name}")
    return True


def _cleared(alias):
    """Replace a copy of a filled database by a new one; empty the tables of another."""
    return copied_anew(connections[alias]) or empty(alias)


def instead_of_flush(plain):
    """A replacement for TransactionTestCase._fixture_teardown, which is `plain`."""

    def fixture_teardown(case):
        from django.conf import settings  # ready by then

        if (
            not settings.EMBEDDED
            or case.reset_sequences
            or case.serialized_rollback
            or case.available_apps is not None
        ):
            return plain(case)
        aliases = case._databases_names(include_mirrors=False)
        return None if all(_cleared(alias) for alias in aliases) else plain(case)

    return fixture_teardown
