"""Tables whose changes are noted, so that public pages that show their rows are kept until one
changes (danchu.copies).
"""

from django.db.migrations import RunSQL


def note_changes(table: str) -> RunSQL:
    """The operation of a migration by which each change of rows of the table is noted, in the
    transaction that makes it. The migration depends on ("copies", "0002_noted"), and the `noted`
    of the room names the table.
    """
    return RunSQL(
        f"CREATE TRIGGER copies_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION copies_note_table();",
        f"DROP TRIGGER copies_noted ON {table};",
    )
