"""Each change of the clusters of a meeting is noted in the transaction that makes it."""

from django.db import migrations

from danchu.copies.migrations import _noting


class Migration(migrations.Migration):
    dependencies = [
        ("copies", "0012_information_noted"),
        ("decision", "0005_clusters_until_attended"),
    ]

    operations = [
        migrations.RunSQL(
            _noting.whole("decision_cluster"), _noting.undo_whole("decision_cluster")
        )
    ]
