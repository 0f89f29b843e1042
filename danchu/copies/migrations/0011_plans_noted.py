"""Each change of a plan of disclosure is noted in the transaction that makes it."""

from django.db import migrations

from danchu.copies.migrations import _noting

WHOLE = ("disclosure_plan", "disclosure_planline", "disclosure_yearlyduty")


class Migration(migrations.Migration):
    dependencies = [
        ("copies", "0010_contests_noted"),
        ("disclosure", "0003_plans_and_reports"),
    ]

    operations = [
        migrations.RunSQL(
            "".join(_noting.whole(table) for table in WHOLE),
            "".join(_noting.undo_whole(table) for table in WHOLE),
        )
    ]
