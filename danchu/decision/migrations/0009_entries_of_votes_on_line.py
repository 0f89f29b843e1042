"""Entries of the rolls of votes on line say so from the freezing on, not from a choice on."""

from django.db import migrations

MARK = """
UPDATE decision_rollentry e SET is_online = TRUE FROM decision_householdvote v
WHERE v.id = e.vote_id AND v.form = 'online' AND NOT e.is_online
"""


class Migration(migrations.Migration):
    dependencies = [("decision", "0008_parts_of_communes_digested")]
    operations = [migrations.RunSQL(MARK, migrations.RunSQL.noop)]
