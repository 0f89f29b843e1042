"""Each change of what was worked out of a consultation is noted in the same transaction."""

from django.db import migrations

from danchu.copies.migrations import _noting

TABLE = "consultation_findings"


class Migration(migrations.Migration):
    dependencies = [("copies", "0014_village_noted"), ("consultation", "0004_findings")]

    operations = [migrations.RunSQL(_noting.whole(TABLE), _noting.undo_whole(TABLE))]
