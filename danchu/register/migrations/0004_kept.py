"""Triggers that keep what was confirmed: no row is removed, nothing but its state and the reason changes."""

from django.db import migrations

FORWARD = """
    CREATE FUNCTION register_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.state = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
      END IF;
      IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'register_kept: row % of % is %: withdraw it, it is never removed', OLD.id, TG_TABLE_NAME, OLD.state;
      END IF;
      IF to_jsonb(NEW) - 'state' - 'reason' <> to_jsonb(OLD) - 'state' - 'reason'
         OR (NEW.state <> OLD.state AND (OLD.state <> 'confirmed' OR NEW.state NOT IN ('superseded', 'withdrawn')))
         OR (NEW.state = OLD.state AND NEW.reason <> OLD.reason) THEN
        RAISE EXCEPTION 'register_kept: row % of % is %: correct it by a new row', OLD.id, TG_TABLE_NAME, OLD.state;
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER event_kept BEFORE UPDATE OR DELETE ON register_event FOR EACH ROW EXECUTE FUNCTION register_kept();
    CREATE TRIGGER statement_kept BEFORE UPDATE OR DELETE ON register_statement FOR EACH ROW EXECUTE FUNCTION register_kept();

    CREATE FUNCTION register_part_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE whole bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.event_id ELSE OLD.event_id END;
    BEGIN
      IF EXISTS (SELECT FROM register_event WHERE id = whole AND state <> 'draft')
         OR (TG_OP = 'UPDATE' AND NEW.event_id <> OLD.event_id) THEN
        RAISE EXCEPTION 'register_kept: the parts of event % are confirmed with it: correct the event', whole;
      END IF;
      RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    CREATE TRIGGER part_kept BEFORE INSERT OR UPDATE OR DELETE ON register_part
      FOR EACH ROW EXECUTE FUNCTION register_part_kept();

    CREATE FUNCTION register_attachment_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'register_kept: attachment % is not changed: attach another', OLD.id;
      END IF;
      IF EXISTS (SELECT FROM register_event WHERE id = OLD.event_id AND state <> 'draft')
         OR EXISTS (SELECT FROM register_statement WHERE id = OLD.statement_id AND state <> 'draft') THEN
        RAISE EXCEPTION 'register_kept: attachment % belongs to what was confirmed', OLD.id;
      END IF;
      RETURN OLD;
    END $$;
    CREATE TRIGGER attachment_kept BEFORE UPDATE OR DELETE ON register_attachment
      FOR EACH ROW EXECUTE FUNCTION register_attachment_kept();
"""
BACKWARD = """
    DROP TRIGGER attachment_kept ON register_attachment; DROP FUNCTION register_attachment_kept();
    DROP TRIGGER part_kept ON register_part; DROP FUNCTION register_part_kept();
    DROP TRIGGER statement_kept ON register_statement; DROP TRIGGER event_kept ON register_event;
    DROP FUNCTION register_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0003_words")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
