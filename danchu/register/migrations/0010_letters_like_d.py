"""Letters that look like Đ are found as Đ, the same as `kernel.text.fold`. New text is stored with
Đ itself; the indexes are built anew for the rows of before (about a minute for a million).
"""

from django.db import migrations

FUNCTION = r"""
CREATE OR REPLACE FUNCTION register_fold(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        regexp_replace(normalize({letters}, NFD), '[\u0300-\u036F]', '', 'g'),
        '[^0-9a-z]+', ' ', 'g'))
$$;
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT indexname FROM pg_indexes
        WHERE schemaname = current_schema() AND indexdef LIKE '%register_fold%'
    LOOP
        EXECUTE format('REINDEX INDEX %I', name);
    END LOOP;
END $$;
"""
FORWARD = FUNCTION.replace("{letters}", "translate(lower(words), 'đðɖĐÐƉ', 'dddddd')")
BACKWARD = FUNCTION.replace("{letters}", "replace(lower(words), 'đ', 'd')")


class Migration(migrations.Migration):
    dependencies = [("register", "0009_kept_as_declared")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
