"""Each change of what villages choose and settle is noted in the transaction that makes it."""

from django.db import migrations

from danchu.copies.migrations import _noting

WHOLE = (
    "village_candidate",
    "village_candidatecount",
    "village_conferencestep",
    "village_convention",
    "village_conventiontext",
    "village_electedmember",
    "village_headelection",
    "village_headrelease",
    "village_villageconference",
    "village_villagehead",
)


class Migration(migrations.Migration):
    dependencies = [("copies", "0013_clusters_noted"), ("village", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "".join(_noting.whole(table) for table in WHOLE),
            "".join(_noting.undo_whole(table) for table in WHOLE),
        )
    ]
