from django.db import migrations

SQL = "CREATE INDEX conference_words ON conference_conference USING gin (register_fold(title) gin_trgm_ops);"


class Migration(migrations.Migration):

    dependencies = [
        ("conference", "0004_room_entries"),
        ("register", "0003_words"),
    ]

    operations = [migrations.RunSQL(SQL, "DROP INDEX conference_words;")]
