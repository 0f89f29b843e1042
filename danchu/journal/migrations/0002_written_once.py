"""What makes the journal written once: refusing triggers, the lock for writers, the head kept at each commit."""

from django.db import migrations

LOCK = 20231212  # any fixed number: the advisory lock that stands for "the end of the journal"

FORWARD = f"""
CREATE FUNCTION journal_last() RETURNS TABLE(number bigint, hash varchar) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    RETURN QUERY SELECT e.number, e.hash FROM journal_entry e ORDER BY e.number DESC LIMIT 1;
END $$;

CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is written once: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER journal_written_once BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_not_emptied BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER journal_written_once;
ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER journal_not_emptied;

CREATE FUNCTION journal_keep_head() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last bigint;
BEGIN
    -- Runs once for each new entry at commit; only the last of them moves the head, so a long
    -- transaction does not leave thousands of dead versions of one row.
    SELECT max(e.number) INTO last FROM journal_entry e;
    IF NEW.number = last THEN
        INSERT INTO journal_head (id, number, hash) VALUES (1, NEW.number, NEW.hash)
            ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number, hash = EXCLUDED.hash;
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER journal_head_kept AFTER INSERT ON journal_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION journal_keep_head();

CREATE FUNCTION journal_head_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.number <= OLD.number THEN
        RAISE EXCEPTION 'the head of the journal only moves forward'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER journal_head_forward BEFORE UPDATE OR DELETE ON journal_head
    FOR EACH ROW EXECUTE FUNCTION journal_head_forward();
ALTER TABLE journal_head ENABLE ALWAYS TRIGGER journal_head_forward;
"""

BACK = """
DROP TRIGGER journal_head_forward ON journal_head;
DROP TRIGGER journal_head_kept ON journal_entry;
DROP TRIGGER journal_not_emptied ON journal_entry;
DROP TRIGGER journal_written_once ON journal_entry;
DROP FUNCTION journal_head_forward();
DROP FUNCTION journal_keep_head();
DROP FUNCTION journal_refuse();
DROP FUNCTION journal_last();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
