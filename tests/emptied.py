"""After a test that commits the tables are emptied by deleting the few rows it has left.

Django's flush truncates every table there is, which costs half a second however little is in them,
and then fills in again what it has taken away. Here every table is locked as flush would lock it,
so nobody writes on; only those with rows are emptied, without the triggers that keep rows, and what
Django itself fills in stays. On a foreign server Django's own way remains.
"""

from django.db import connections, transaction

STAYING = {
    "django_content_type",
    "auth_permission",
    "django_site",
}  # written by migrate, for every test the same
# Not among Django's tables: its models of them are for reading only.
QUEUE = [
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
]
MUCH = 2 * 1024 * 1024  # bytes of one table


def empty(alias):
    """Whether it was done: where a table holds much, truncating is quicker, and nothing is done."""
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
        guarded = {
            quote(name) for (name,) in cursor.fetchall()
        }  # refuse to lose a row to whoever it be
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in filled:
            cursor.execute(f"TRUNCATE {name}" if name in guarded else f"DELETE FROM {name}")
        cursor.execute("SET LOCAL session_replication_role = origin")
        for name in filled:
            if name not in guarded:
                cursor.execute(
                    f"DELETE FROM {name}"
                )  # no row is left; the triggers of statements hear of it, as of a truncation
    return True


def instead_of_flush(plain):
    """What TransactionTestCase does after a test, where it may be done so."""

    def fixture_teardown(case):
        from django.conf import settings  # ready by then

        if (
            not settings.EMBEDDED
            or case.reset_sequences
            or case.serialized_rollback
            or case.available_apps is not None
        ):
            return plain(case)
        return (
            None
            if all(empty(alias) for alias in case._databases_names(include_mirrors=False))
            else plain(case)
        )

    return fixture_teardown
