"""Each change of what was suspended of a convention is noted in the same transaction."""

from django.db import migrations

from danchu.copies.migrations import _noting

TABLE = "village_pastsuspension"


class Migration(migrations.Migration):
    dependencies = [("copies", "0015_findings_noted"), ("village", "0002_past_suspensions")]

    operations = [migrations.RunSQL(_noting.whole(TABLE), _noting.undo_whole(TABLE))]
