"""Each change of votes on propositions is noted in the transaction that makes it."""

from django.db import migrations

from danchu.copies.migrations import _noting

WHOLE = ("consultation_proposition", "consultation_vote", "consultation_voter")


class Migration(migrations.Migration):
    dependencies = [("copies", "0008_communes_noted"), ("consultation", "0003_votes")]

    operations = [
        migrations.RunSQL(
            "".join(_noting.whole(table) for table in WHOLE),
            "".join(_noting.undo_whole(table) for table in WHOLE),
        )
    ]
