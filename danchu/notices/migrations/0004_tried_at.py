from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0003_invitations'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='tried_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
