from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_kept_as_declared")]

    operations = [
        migrations.AddField(
            model_name="sealline",
            name="own",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
    ]
