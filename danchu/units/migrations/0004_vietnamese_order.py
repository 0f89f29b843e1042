"""The order of Vietnamese dictionaries on every server, whatever its collations: the same key as
`kernel.text.sort_key`, compared byte by byte.
"""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION vietnamese_order(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH plain AS (
        SELECT translate(lower(normalize(words, NFD)), 'ĐÐƉðɖ', 'đđđđđ') AS text
    ), padded AS (
        SELECT regexp_replace(
            regexp_replace(text, '(?<![0-9])([0-9]{1,8})(?![0-9])', '00000000\1', 'g'),
            '(?<![0-9])0{0,7}([0-9]{9})(?![0-9])', '\1', 'g') AS text FROM plain
    )
    SELECT translate(
        regexp_replace(
            normalize(regexp_replace(text, '[\u0300\u0309\u0303\u0301\u0323]', '', 'g'), NFC),
            '[^0-9a-zăâđêôơư]', ' ', 'g'),
        'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz', E'abcdefghijklmnopqrstuvwxyz{|}~\u007F\u0080\u0081')
    || '!' ||
    regexp_replace(
        translate(
            regexp_replace(text, '[^a-zđ\u0300\u0309\u0303\u0301\u0323]', '', 'g'),
            E'abcdefghijklmnopqrstuvwxyzđ\u0300\u0309\u0303\u0301\u0323',
            '00000000000000000000000000012345'),
        '0([1-5])', '\1', 'g')
    FROM padded
$$;
"""
BACKWARD = "DROP FUNCTION vietnamese_order(text);"


class Migration(migrations.Migration):
    dependencies = [("units", "0003_boards")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
