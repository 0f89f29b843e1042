"""Sums by month and by year, carried in covering indexes; made from the rows there are."""

from django.db import migrations, models

from danchu.register.migrations._tally import NUMBERS, drop, functions, refill

COUNTS = [(name, models.IntegerField(default=0)) for name in NUMBERS if name != "money"]


class Migration(migrations.Migration):
    dependencies = [("register", "0004_kept")]
    operations = [
        migrations.RunSQL(drop(), migrations.RunSQL.noop),
        migrations.DeleteModel("EventTally"),
        migrations.CreateModel(
            "EventTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.ForeignKey("units.Unit", models.DO_NOTHING, db_constraint=False, db_index=False)),
                ("grain", models.CharField(max_length=5)),
                ("since", models.DateField()),
                ("kind", models.CharField(max_length=24)),
                ("form", models.CharField(max_length=24)),
                ("rows", models.IntegerField()),
                *COUNTS,
                ("money", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        name="tally_of_unit", fields=["unit", "kind", "grain", "since"], include=["form", "rows", *NUMBERS]
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        name="one_tally_cell", fields=["kind", "grain", "since", "unit", "form"], include=["rows", *NUMBERS]
                    )
                ],
            },
        ),
        migrations.RunSQL(functions(), drop()),
        migrations.RunSQL(refill(), migrations.RunSQL.noop),
    ]
