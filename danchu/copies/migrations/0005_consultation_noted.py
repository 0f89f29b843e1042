"""Each change of what people are asked is noted in the transaction that makes it."""

from django.db import migrations

from danchu.copies.migrations import _noting

WHOLE = ("consultation_consultation", "consultation_content")


class Migration(migrations.Migration):
    dependencies = [("copies", "0004_disclosure_noted"), ("consultation", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "".join(_noting.whole(table) for table in WHOLE),
            "".join(_noting.undo_whole(table) for table in WHOLE),
        )
    ]
