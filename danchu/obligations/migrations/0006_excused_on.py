from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("obligations", "0005_words")]

    operations = [
        migrations.AddField(
            model_name="obligation",
            name="excused_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(("excused_on", None), ("state", "excused"), _connector="OR"),
                name="obligation_excused_on_when_excused",
            ),
        ),
    ]
