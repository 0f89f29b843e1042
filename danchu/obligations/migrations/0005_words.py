"""Obligations are found by words without marks: petitions alone bring several each."""

from django.db import migrations

SQL = "CREATE INDEX obligation_words ON obligations_obligation USING gin (register_fold(title) gin_trgm_ops);"


class Migration(migrations.Migration):

    dependencies = [
        ("obligations", "0004_kept_as_declared"),
        ("register", "0003_words"),
    ]

    operations = [migrations.RunSQL(SQL, "DROP INDEX obligation_words;")]
