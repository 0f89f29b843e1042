"""A seal is written once: the database refuses to change or remove it."""

from django.db import migrations

TABLES = ("reports_seal", "reports_sealline")
FORWARD = """
CREATE FUNCTION sealed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a sealed report is never changed'; END $$;
""" + "".join(
    f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION sealed_stays();"
    for table in TABLES
)
BACKWARD = "".join(f"DROP TRIGGER {table}_stays ON {table};" for table in TABLES) + "DROP FUNCTION sealed_stays();"


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
