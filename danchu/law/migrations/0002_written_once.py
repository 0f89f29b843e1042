"""What was once in force stays written: the database refuses to change or remove it."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION law_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'law_ruleversion' THEN
        IF OLD.replaced_at IS NULL AND to_jsonb(NEW) - 'until' - 'replaced_at' = to_jsonb(OLD) - 'until' - 'replaced_at' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a version of the law is never changed or removed: enact or correct a rule' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER rule_written_once BEFORE UPDATE OR DELETE ON law_ruleversion FOR EACH ROW EXECUTE FUNCTION law_written_once();
CREATE TRIGGER calendar_written_once BEFORE UPDATE OR DELETE ON law_calendarversion FOR EACH ROW EXECUTE FUNCTION law_written_once();
CREATE TRIGGER calendar_day_written_once BEFORE UPDATE OR DELETE ON law_calendarday FOR EACH ROW EXECUTE FUNCTION law_written_once();
"""
FORGET = """
DROP TRIGGER rule_written_once ON law_ruleversion;
DROP TRIGGER calendar_written_once ON law_calendarversion;
DROP TRIGGER calendar_day_written_once ON law_calendarday;
DROP FUNCTION law_written_once();
"""


class Migration(migrations.Migration):
    dependencies = [("law", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, FORGET)]
