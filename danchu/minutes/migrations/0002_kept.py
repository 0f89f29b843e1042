"""Approved minutes are locked with their paragraphs and marks; a promise is never removed and, once ended, never changes."""

from django.db import migrations

KEEP = r"""
CREATE INDEX commitment_words ON minutes_commitment USING gin (register_fold(title) gin_trgm_ops);

CREATE FUNCTION minutes_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'drafted' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'minutes_kept: minutes % are %: they are never removed', OLD.id, OLD.state;
    END IF;
    -- The event they belong to may be corrected; a later version may take their place.
    IF to_jsonb(NEW) - 'state' - 'event_id' <> to_jsonb(OLD) - 'state' - 'event_id'
       OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) <> ('approved', 'superseded')) THEN
        RAISE EXCEPTION 'minutes_kept: minutes % are %: correct them by a new version', OLD.id, OLD.state;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER minutes_kept BEFORE UPDATE OR DELETE ON minutes_minutes FOR EACH ROW EXECUTE FUNCTION minutes_kept();

CREATE FUNCTION minutes_text_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE whole bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.minutes_id ELSE OLD.minutes_id END;
BEGIN
    IF EXISTS (SELECT FROM minutes_minutes WHERE id = whole AND state <> 'drafted')
       OR (TG_OP = 'UPDATE' AND NEW.minutes_id <> OLD.minutes_id) THEN
        RAISE EXCEPTION 'minutes_kept: the text of minutes % was approved: correct them by a new version', whole;
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER minutes_block_kept BEFORE INSERT OR UPDATE OR DELETE ON minutes_block FOR EACH ROW EXECUTE FUNCTION minutes_text_kept();
CREATE TRIGGER minutes_passage_kept BEFORE INSERT OR UPDATE OR DELETE ON minutes_passage FOR EACH ROW EXECUTE FUNCTION minutes_text_kept();

CREATE FUNCTION commitment_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state IN ('kept', 'withdrawn') THEN
        RAISE EXCEPTION 'commitment % is %: it is never removed, and ended it never changes', OLD.id, OLD.state;
    END IF;
    IF (NEW.uid, NEW.code, NEW.unit_id, NEW.owner_id, NEW.office, NEW.title, NEW.text, NEW.asker_id, NEW.asked_by, NEW.origin, NEW.origin_uid, NEW.mark, NEW.made_on)
       IS DISTINCT FROM (OLD.uid, OLD.code, OLD.unit_id, OLD.owner_id, OLD.office, OLD.title, OLD.text, OLD.asker_id, OLD.asked_by, OLD.origin, OLD.origin_uid, OLD.mark, OLD.made_on) THEN
        RAISE EXCEPTION 'commitment %: what was promised, by whom and when never changes', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_kept BEFORE UPDATE OR DELETE ON minutes_commitment FOR EACH ROW EXECUTE FUNCTION commitment_kept();

CREATE FUNCTION commitment_term_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.ended_on IS NOT NULL
       OR to_jsonb(NEW) - 'ended_on' - 'told_on' <> to_jsonb(OLD) - 'ended_on' - 'told_on' THEN
        RAISE EXCEPTION 'a day that was promised is never rewritten or removed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_term_kept BEFORE UPDATE OR DELETE ON minutes_term FOR EACH ROW EXECUTE FUNCTION commitment_term_kept();

CREATE FUNCTION commitment_step_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a step of a commitment and its papers are never rewritten or removed';
END $$;
CREATE TRIGGER commitment_step_kept BEFORE UPDATE OR DELETE ON minutes_commitmentstep FOR EACH ROW EXECUTE FUNCTION commitment_step_kept();
CREATE TRIGGER commitment_paper_kept BEFORE UPDATE OR DELETE ON minutes_commitmentpaper FOR EACH ROW EXECUTE FUNCTION commitment_step_kept();
"""
FORGET = """
DROP TRIGGER commitment_paper_kept ON minutes_commitmentpaper; DROP TRIGGER commitment_step_kept ON minutes_commitmentstep;
DROP FUNCTION commitment_step_kept();
DROP TRIGGER commitment_term_kept ON minutes_term; DROP FUNCTION commitment_term_kept();
DROP TRIGGER commitment_kept ON minutes_commitment; DROP FUNCTION commitment_kept();
DROP TRIGGER minutes_passage_kept ON minutes_passage; DROP TRIGGER minutes_block_kept ON minutes_block; DROP FUNCTION minutes_text_kept();
DROP TRIGGER minutes_kept ON minutes_minutes; DROP FUNCTION minutes_kept();
DROP INDEX commitment_words;
"""


class Migration(migrations.Migration):
    dependencies = [("minutes", "0001_initial"), ("register", "0003_words")]
    operations = [migrations.RunSQL(KEEP, FORGET)]
