"""The SQL of migration 0005: triggers that keep the sums equal to the confirmed rows in the same transaction."""

NUMBERS = [
    "participants", "people", "opinions", "opinions_accepted", "recommended", "accepted", "findings", "resolved",
    "matters_first", "matters_repeat", "groups", "group_people", "eligible", "competent", "money",
]  # fmt: skip
TRIGGERS = {"added": "INSERT", "taken": "DELETE", "changed": "UPDATE"}
SUMS = ", ".join(f"sum({n}) AS {n}" for n in NUMBERS)
COLUMNS = ", ".join(NUMBERS)
ADDED = ", ".join(f"{n} = t.{n} + excluded.{n}" for n in ("rows", *NUMBERS))


def drop():
    return "".join(
        f"DROP TRIGGER event_tally_{name} ON register_event; DROP FUNCTION event_tally_{name}();" for name in TRIGGERS
    )


def functions():
    plus, minus = _signed("fresh", ""), _signed("gone", "-")
    return (
        _function("added", plus) + _function("taken", minus) + _function("changed", f"{minus} UNION ALL {plus}")
        + "".join(_trigger(name) for name in TRIGGERS)
    )  # fmt: skip


def refill(rows="true"):
    """Every cell from the rows (or from those that meet a condition on kind), in the order in which they are read."""
    small = ", ".join(f"sum({n})::int AS {n}" for n in NUMBERS if n != "money")
    cells = f"unit_id, grain, since, kind, form, rows, {COLUMNS}"
    return f"""
    WITH months AS MATERIALIZED (
      SELECT unit_id, 'month' AS grain, date_trunc('month', held_on::timestamp)::date AS since, kind, form,
             count(*)::int AS rows, {small}, sum(money)::bigint AS money
      FROM register_event WHERE state = 'confirmed' AND {rows} GROUP BY 1, 2, 3, 4, 5
    )
    INSERT INTO register_eventtally ({cells})
    SELECT {cells} FROM months
    UNION ALL
    SELECT unit_id, 'year', date_trunc('year', since::timestamp)::date AS since, kind, form, sum(rows), {SUMS}
    FROM months GROUP BY 1, 2, 3, 4, 5 ORDER BY kind, grain, since, unit_id;
    """


def _signed(table, sign):
    numbers = ", ".join(f"{sign}{n}::bigint AS {n}" for n in NUMBERS)
    return f"SELECT unit_id, held_on, kind, form, {sign}1::bigint AS rows, {numbers} FROM {table} WHERE state = 'confirmed'"


def _function(name, source):
    # Cells are locked in one order, so that two bulk writers cannot wait for each other in a ring.
    return f"""
    CREATE FUNCTION event_tally_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO register_eventtally AS t (unit_id, grain, since, kind, form, rows, {COLUMNS})
      SELECT unit_id, grain, date_trunc(grain, held_on)::date AS since, kind, form, sum(rows) AS rows, {SUMS}
      FROM ({source}) AS changed, (VALUES ('month'), ('year')) AS grains (grain)
      GROUP BY 1, 2, 3, 4, 5 ORDER BY kind, grain, since, unit_id, form
      ON CONFLICT (kind, grain, since, unit_id, form) DO UPDATE SET {ADDED};
      RETURN NULL;
    END $$;
    """


def _trigger(name):
    tables = {"added": "NEW TABLE AS fresh", "taken": "OLD TABLE AS gone", "changed": "OLD TABLE AS gone NEW TABLE AS fresh"}
    return f"""
    CREATE TRIGGER event_tally_{name} AFTER {TRIGGERS[name]} ON register_event REFERENCING {tables[name]}
      FOR EACH STATEMENT EXECUTE FUNCTION event_tally_{name}();
    """
