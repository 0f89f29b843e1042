"""The SQL of migrations 0002 and 0003: triggers that note what a transaction changed, within it."""

MOST = 200  # places of one statement; of more it is noted that any row may have changed
EVENTS = {
    "added": ("INSERT", "NEW TABLE AS fresh"),
    "changed": ("UPDATE", "OLD TABLE AS past NEW TABLE AS fresh"),
    "removed": ("DELETE", "OLD TABLE AS past"),
}
_NOTE = 'INSERT INTO copies_change (transaction, "table", kind, unit) '
_NOW = "pg_current_xact_id()::text::bigint"
WHOLE_FUNCTION = f"""
CREATE FUNCTION copies_note_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {_NOTE} VALUES ({_NOW}, TG_TABLE_NAME, '', 0) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION copies_note_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Deeper, a trigger of the rows writes, and they are noted themselves.
    IF pg_trigger_depth() = 1 THEN
        {_NOTE} VALUES ({_NOW}, TG_ARGV[0], '', 0) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
"""
UNDO_FUNCTION = "DROP FUNCTION copies_note_table(); DROP FUNCTION copies_note_sums();"


def whole(table):
    """A trigger of statements: some row of the table changed."""
    return f"""
CREATE TRIGGER copies_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION copies_note_table();"""


def sums(table, rows):
    """A trigger of a table of sums: written by itself, all rows behind it count as changed."""
    return f"""
CREATE TRIGGER copies_noted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION copies_note_sums('{rows}');"""


def function_of(table, name, rows):
    """The function of one trigger of `by_place`, named by its event; `rows` is a query of (table,
    kind, unit).
    """
    return f"""
CREATE OR REPLACE FUNCTION copies_note_{table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH places AS (
        SELECT DISTINCT * FROM ({rows}) AS rows ("table", kind, unit) LIMIT {MOST + 1}
    )
    {_NOTE}
    SELECT {_NOW}, places.* FROM places WHERE (SELECT count(*) FROM places) <= {MOST}
    UNION ALL
    SELECT {_NOW}, many, '', 0 FROM (VALUES ('{table}'), ('register_part')) AS tables (many)
    WHERE (SELECT count(*) FROM places) > {MOST}
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;"""


def rows_of(name, told):
    """The query `told` of the rows as they were and as they are, as far as the event has them."""
    tables = EVENTS[name][1]
    return " UNION ALL ".join(told.format(one) for one in ("fresh", "past") if one in tables)


def by_place(table, told):
    """Triggers that note the places of the changed rows, as they were and as they are. `told` is a
    query of (table, kind, unit) of the rows of {0}.
    """
    functions = ""
    for name, (event, tables) in EVENTS.items():
        functions += f"""{function_of(table, name, rows_of(name, told))}
CREATE TRIGGER copies_noted_{name} AFTER {event} ON {table} REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION copies_note_{table}_{name}();"""
    return (
        functions
        + f"""
CREATE TRIGGER copies_noted_emptied AFTER TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION copies_note_table();"""
    )


def undo_whole(table):
    return f"DROP TRIGGER copies_noted ON {table};"


def undo_by_place(table):
    return f"DROP TRIGGER copies_noted_emptied ON {table};" + "".join(
        f"DROP TRIGGER copies_noted_{name} ON {table}; DROP FUNCTION copies_note_{table}_{name}();"
        for name in EVENTS
    )
