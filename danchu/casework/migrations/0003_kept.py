"""Petitions are found by words without marks; nothing of them is removed, no step is rewritten, no denouncer stands among the persons."""

from django.db import migrations

KEEP = r"""
CREATE INDEX petition_words ON casework_petition USING gin (register_fold(title) gin_trgm_ops);

CREATE FUNCTION petition_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'petition % is never removed', OLD.id;
    END IF;
    IF OLD.state IN ('refused', 'guided', 'returned', 'filed', 'stopped', 'withdrawn') AND
       (NEW.state, NEW.unit_id, NEW.received_on, NEW.ended_on, NEW.in_time, NEW.eligible, NEW.competent, NEW.content) IS DISTINCT FROM
       (OLD.state, OLD.unit_id, OLD.received_on, OLD.ended_on, OLD.in_time, OLD.eligible, OLD.competent, OLD.content) THEN
        RAISE EXCEPTION 'petition % has ended: it never changes', OLD.id;
    END IF;
    IF OLD.nature = 'denunciation' AND NEW.nature <> 'denunciation' THEN
        RAISE EXCEPTION 'petition % is sealed: it stays a denunciation', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER petition_kept BEFORE UPDATE OR DELETE ON casework_petition FOR EACH ROW EXECUTE FUNCTION petition_kept();

CREATE FUNCTION petition_step_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a step is never rewritten or removed';
END $$;
CREATE TRIGGER petition_step_kept BEFORE UPDATE OR DELETE ON casework_step FOR EACH ROW EXECUTE FUNCTION petition_step_kept();

CREATE FUNCTION petitioner_not_a_denouncer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM casework_petition WHERE id = NEW.petition_id AND nature = 'denunciation') THEN
        RAISE EXCEPTION 'who denounced is sealed, never kept among the persons';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER petitioner_not_a_denouncer BEFORE INSERT OR UPDATE ON casework_petitioner FOR EACH ROW EXECUTE FUNCTION petitioner_not_a_denouncer();
"""
FORGET = """
DROP TRIGGER petitioner_not_a_denouncer ON casework_petitioner; DROP FUNCTION petitioner_not_a_denouncer();
DROP TRIGGER petition_step_kept ON casework_step; DROP FUNCTION petition_step_kept();
DROP TRIGGER petition_kept ON casework_petition; DROP FUNCTION petition_kept();
DROP INDEX petition_words;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_initial"), ("register", "0008_kind_of_unit")]
    operations = [migrations.RunSQL(KEEP, FORGET)]
