"""The table in which the library's counts stand (Django's DatabaseCache), and the end of sessions
that were stored under the key of their cookie: everybody logs in again once.
"""

from django.db import migrations, models

CREATE = """
    CREATE TABLE people_count (
        cache_key varchar(255) NOT NULL PRIMARY KEY,
        value text NOT NULL,
        expires timestamp with time zone NOT NULL
    );
    CREATE INDEX people_count_expires ON people_count (expires);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_factor_changes"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(CREATE, "DROP TABLE people_count"),
        migrations.RunSQL("DELETE FROM django_session", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="SecretFingerprint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "people_secret_fingerprint",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="one_secret_fingerprint"
                    )
                ],
            },
        ),
    ]
