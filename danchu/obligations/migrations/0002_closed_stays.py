"""An obligation is never removed, and one that was closed never changes."""

from django.db import migrations

KEEP = """
CREATE FUNCTION obligation_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'open' THEN
        RAISE EXCEPTION 'obligation % is %: it is never removed, and closed it never changes', OLD.id, OLD.state;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER obligation_kept BEFORE UPDATE OR DELETE ON obligations_obligation FOR EACH ROW EXECUTE FUNCTION obligation_kept();
"""
FORGET = "DROP TRIGGER obligation_kept ON obligations_obligation; DROP FUNCTION obligation_kept();"


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_initial")]
    operations = [migrations.RunSQL(KEEP, FORGET)]
