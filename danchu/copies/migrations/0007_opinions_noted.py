"""Each change of what people said is noted in the transaction that makes it."""

from django.db import migrations

from danchu.copies.migrations import _noting

WHOLE = ("consultation_answer", "consultation_opinion")


class Migration(migrations.Migration):
    dependencies = [("copies", "0006_decision_noted"), ("consultation", "0002_opinions")]

    operations = [
        migrations.RunSQL(
            "".join(_noting.whole(table) for table in WHOLE),
            "".join(_noting.undo_whole(table) for table in WHOLE),
        )
    ]
