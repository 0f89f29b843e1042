"""Each change of a contest of a posting is noted in the transaction that makes it."""

from django.db import migrations

from danchu.copies.migrations import _noting

WHOLE = ("disclosure_contest",)


class Migration(migrations.Migration):
    dependencies = [("copies", "0009_votes_noted"), ("disclosure", "0002_contests")]

    operations = [
        migrations.RunSQL(
            "".join(_noting.whole(table) for table in WHOLE),
            "".join(_noting.undo_whole(table) for table in WHOLE),
        )
    ]
