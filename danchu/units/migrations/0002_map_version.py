"""A number that changes with every change of the map, whoever makes it. Taken from a sequence, so that a number
seen inside a transaction that was rolled back never comes again with another map."""

from django.db import migrations

MAP_TABLES = ("units_unit", "units_standing", "units_succession")

FUNCTION = """
CREATE SEQUENCE units_map_number;
CREATE FUNCTION units_map_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO units_mapversion (id, number) VALUES (1, nextval('units_map_number'))
  ON CONFLICT (id) DO UPDATE SET number = excluded.number;
  RETURN NULL;
END $$;
"""
TRIGGERS = "".join(
    f"CREATE TRIGGER map_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION units_map_changed();\n"
    for table in MAP_TABLES
)
UNDO = (
    "".join(f"DROP TRIGGER map_changed ON {table};\n" for table in MAP_TABLES)
    + "DROP FUNCTION units_map_changed(); DROP SEQUENCE units_map_number;"
)


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTION + TRIGGERS, UNDO)]
