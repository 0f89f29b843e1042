"""The index `event_of_unit` serves the reference to the unit as well: a second one costs writes and misleads the planner."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0006_petitions_resolved")]
    operations = [
        migrations.AlterField("event", "unit", models.ForeignKey("units.Unit", models.PROTECT, db_index=False)),
    ]
