"""That a step of the table of escalations was told of, once for a due day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_initial'),
        ('obligations', '0003_reminders'),
    ]

    operations = [
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=60)),
                ('due_on', models.DateField()),
                ('on', models.DateField()),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='obligations.obligation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('obligation', 'step', 'due_on', 'on'), name='told_once_a_day')],
            },
        ),
    ]
