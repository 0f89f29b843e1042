"""Each change of a request for information is noted in the transaction that makes it."""

from django.db import migrations

from danchu.copies.migrations import _noting

WHOLE = ("disclosure_informationrequest",)


class Migration(migrations.Migration):
    dependencies = [
        ("copies", "0011_plans_noted"),
        ("disclosure", "0004_information_requests"),
    ]

    operations = [
        migrations.RunSQL(
            "".join(_noting.whole(table) for table in WHOLE),
            "".join(_noting.undo_whole(table) for table in WHOLE),
        )
    ]
