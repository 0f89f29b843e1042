"""The days at the edges of a city's figure are found by its units and the kind: they grow with the city, not the nation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0007_one_index_of_units")]
    operations = [
        migrations.RemoveIndex("event", "event_of_unit"),
        migrations.AddIndex("event", models.Index(name="event_of_unit", fields=["unit", "kind", "-held_on", "-id"])),
    ]
