"""Triggers that keep the month sums equal to the confirmed rows in the same transaction, whoever writes."""

from django.db import migrations

NUMBERS = (
    "participants", "people", "opinions", "opinions_accepted", "recommended", "accepted", "findings", "resolved",
    "matters_first", "matters_repeat", "groups", "group_people", "eligible", "competent", "money",
)  # fmt: skip
SUMS = ", ".join(f"sum({n}) AS {n}" for n in NUMBERS)
COLUMNS = ", ".join(NUMBERS)
ADDED = ", ".join(f"{n} = t.{n} + excluded.{n}" for n in ("rows", *NUMBERS))


def signed(table, sign):
    numbers = ", ".join(f"{sign}{n}::bigint AS {n}" for n in NUMBERS)
    return (
        f"SELECT unit_id, date_trunc('month', held_on)::date AS month, kind, form, {sign}1::bigint AS rows, {numbers} "
        f"FROM {table} WHERE state = 'confirmed'"
    )


def function(name, source):
    # Cells are locked in one order, so that two bulk writers cannot wait for each other in a ring.
    return f"""
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO register_eventtally AS t (unit_id, month, kind, form, rows, {COLUMNS})
      SELECT unit_id, month, kind, form, sum(rows) AS rows, {SUMS}
      FROM ({source}) AS changed GROUP BY unit_id, month, kind, form ORDER BY kind, form, unit_id, month
      ON CONFLICT (kind, form, unit_id, month) DO UPDATE SET {ADDED};
      RETURN NULL;
    END $$;
    """


FORWARD = (
    function("event_tally_added", signed("fresh", ""))
    + function("event_tally_taken", signed("gone", "-"))
    + function("event_tally_changed", f"{signed('gone', '-')} UNION ALL {signed('fresh', '')}")
    + """
    CREATE TRIGGER event_tally_added AFTER INSERT ON register_event REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION event_tally_added();
    CREATE TRIGGER event_tally_taken AFTER DELETE ON register_event REFERENCING OLD TABLE AS gone
      FOR EACH STATEMENT EXECUTE FUNCTION event_tally_taken();
    CREATE TRIGGER event_tally_changed AFTER UPDATE ON register_event
      REFERENCING OLD TABLE AS gone NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION event_tally_changed();
    """
)
BACKWARD = "".join(
    f"DROP TRIGGER event_tally_{n} ON register_event; DROP FUNCTION event_tally_{n}();" for n in ("added", "taken", "changed")
)


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
