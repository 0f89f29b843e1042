"""A paper of a petition may have come with the answer. Older ones have not: the default of the
database says so without a rewrite of the table.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_states_are_participles")]

    operations = [
        migrations.AddField(
            model_name="petitionpaper",
            name="is_answer",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
