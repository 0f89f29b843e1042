from django.db import migrations, models

NAME = "petition_ended_says_whether_in_time"


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_kept_as_declared")]

    operations = [
        migrations.RemoveConstraint(model_name="petition", name=NAME),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                name=NAME,
                condition=models.Q(
                    models.Q(
                        ("ended_on", None),
                        models.Q(("in_time", None), ("in_time", False), _connector="OR"),
                    ),
                    models.Q(("ended_on__isnull", False), ("in_time__isnull", False)),
                    _connector="OR",
                ),
            ),
        ),
    ]
