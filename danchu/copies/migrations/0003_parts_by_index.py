"""Parts of a changed event are looked up one event at a time, by their index.

PostgreSQL keeps the plan of a trigger for the session: after an import of many rows it read all
parts there are for each event that was saved later. An event that is added has no parts yet; they
are noted when they are added themselves.
"""

from django.db import migrations

from danchu.copies.migrations._noting import EVENTS, function_of, rows_of

TABLE = "register_event"
ADDED = "SELECT 'register_event', kind, unit_id FROM {0} WHERE state <> 'draft'"
CHANGED = f"""{ADDED}
    UNION ALL SELECT 'register_part', {{0}}.kind, part.unit_id FROM {{0}},
    LATERAL (SELECT unit_id FROM register_part WHERE event_id = {{0}}.id OFFSET 0) AS part
    WHERE state <> 'draft'"""
BEFORE = f"""{ADDED}
    UNION ALL SELECT 'register_part', {{0}}.kind, part.unit_id FROM {{0}}
    JOIN register_part AS part ON part.event_id = {{0}}.id WHERE state <> 'draft'"""


def _functions(of_added, of_others):
    return "".join(
        function_of(TABLE, name, rows_of(name, of_added if name == "added" else of_others))
        for name in EVENTS
    )


class Migration(migrations.Migration):
    dependencies = [("copies", "0002_noted")]

    operations = [migrations.RunSQL(_functions(ADDED, CHANGED), _functions(BEFORE, BEFORE))]
