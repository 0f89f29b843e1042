"""A recommendation is never removed, and one whose life has ended never changes."""

from django.db import migrations

KEEP = """
CREATE FUNCTION recommendation_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state IN ('settled', 'rejected', 'withdrawn') THEN
        RAISE EXCEPTION 'recommendation % is %: it is never removed, and ended it never changes', OLD.id, OLD.state;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recommendation_kept BEFORE UPDATE OR DELETE ON inspection_recommendation
    FOR EACH ROW EXECUTE FUNCTION recommendation_kept();
"""
FORGET = "DROP TRIGGER recommendation_kept ON inspection_recommendation; DROP FUNCTION recommendation_kept();"


class Migration(migrations.Migration):
    dependencies = [("inspection", "0001_initial")]
    operations = [migrations.RunSQL(KEEP, FORGET)]
