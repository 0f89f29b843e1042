"""Each change of what whole communes decide, and of works, is noted as it is made."""

from django.db import migrations

from danchu.copies.migrations import _noting

WHOLE = ("decision_communepart", "decision_communevote", "decision_works")


class Migration(migrations.Migration):
    dependencies = [("copies", "0007_opinions_noted"), ("decision", "0004_scope")]

    operations = [
        migrations.RunSQL(
            "".join(_noting.whole(table) for table in WHOLE),
            "".join(_noting.undo_whole(table) for table in WHOLE),
        )
    ]
