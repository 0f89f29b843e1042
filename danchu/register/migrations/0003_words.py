"""Events are found by the words of their title without marks, the same as `kernel.text.fold`."""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION register_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        regexp_replace(normalize(replace(lower(words), 'đ', 'd'), NFD), '[\u0300-\u036F]', '', 'g'),
        '[^0-9a-z]+', ' ', 'g'))
$$;
CREATE INDEX event_words ON register_event USING gin (register_fold(title) gin_trgm_ops);
CREATE INDEX event_reference ON register_event (reference text_pattern_ops);
"""

BACKWARD = """
DROP INDEX event_reference;
DROP INDEX event_words;
DROP FUNCTION register_fold(text);
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0002_tally"), ("units", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
