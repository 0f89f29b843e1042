"""Long exports of hot-lines are taken in by a job: one new table, empty."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0018_calls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CallRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(unique=True)),
                ('second_factor', models.BooleanField()),
                ('hotline', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=120)),
                ('total', models.IntegerField()),
                ('taken', models.IntegerField(default=0)),
                ('state', models.CharField(choices=[('waiting', 'Đang chờ'), ('running', 'Đang nhận'), ('done', 'Đã xong'), ('failed', 'Không xong')], default='waiting', max_length=8)),
                ('fault', models.CharField(blank=True, max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-id'], name='call_run_of_account')],
            },
        ),
    ]
