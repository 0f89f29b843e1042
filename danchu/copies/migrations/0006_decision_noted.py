"""Each change of what households decide is noted in the transaction that makes it."""

from django.db import migrations

from danchu.copies.migrations import _noting

WHOLE = ("decision_householddecision", "decision_householdvote")


class Migration(migrations.Migration):
    dependencies = [("copies", "0005_consultation_noted"), ("decision", "0002_votes")]

    operations = [
        migrations.RunSQL(
            "".join(_noting.whole(table) for table in WHOLE),
            "".join(_noting.undo_whole(table) for table in WHOLE),
        )
    ]
