"""Counts of requests are written at each search: they need no log of their own, and are empty after
a crash of the server. The table is small; this takes moments.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_matters_digested")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE casework_knock SET UNLOGGED", "ALTER TABLE casework_knock SET LOGGED"
        )
    ]
