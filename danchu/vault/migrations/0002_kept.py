"""Who asked to see an identity, why, and who granted it is never removed; a judgement is never changed."""

from django.db import migrations

KEEP = """
CREATE FUNCTION vault_opening_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.judged_by_id IS NOT NULL OR
       (NEW.sealed_id, NEW.asked_by_id, NEW.reason, NEW.asked_at) IS DISTINCT FROM (OLD.sealed_id, OLD.asked_by_id, OLD.reason, OLD.asked_at) THEN
        RAISE EXCEPTION 'opening % is kept as it was judged', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vault_opening_kept BEFORE UPDATE OR DELETE ON vault_opening FOR EACH ROW EXECUTE FUNCTION vault_opening_kept();
"""
FORGET = "DROP TRIGGER vault_opening_kept ON vault_opening; DROP FUNCTION vault_opening_kept();"


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]
    operations = [migrations.RunSQL(KEEP, FORGET)]
