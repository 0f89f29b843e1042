"""Each change of what is disclosed is noted in the transaction that makes it."""

from django.db import migrations

from danchu.copies.migrations import _noting

WHOLE = (
    "disclosure_content",
    "disclosure_item",
    "disclosure_posting",
    "disclosure_postingplace",
    "disclosure_version",
)


class Migration(migrations.Migration):
    dependencies = [("copies", "0003_parts_by_index"), ("disclosure", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "".join(_noting.whole(table) for table in WHOLE),
            "".join(_noting.undo_whole(table) for table in WHOLE),
        )
    ]
