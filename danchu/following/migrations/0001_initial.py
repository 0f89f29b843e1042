"""Who follows what by mail: new tables, empty."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0006_bodies_coded_and_grounded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(unique=True)),
                ('email', models.CharField(max_length=200, unique=True)),
                ('language', models.CharField(max_length=5)),
                ('written_on', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PublicState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80)),
                ('subject', models.BigIntegerField()),
                ('state', models.CharField(max_length=120)),
                ('number', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['number'], name='public_state_since')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject'), name='one_public_state')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField()),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_reading')],
            },
        ),
        migrations.CreateModel(
            name='Thing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('figure', 'Figure'), ('place', 'Place'), ('list', 'List'), ('record', 'Record')], max_length=6)),
                ('key', models.CharField(blank=True, max_length=80)),
                ('subject', models.BigIntegerField(null=True)),
                ('values', models.JSONField(default=dict)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Following',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('beyond', models.BigIntegerField()),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followings', to='following.follower')),
                ('thing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followings', to='following.thing')),
            ],
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(unique=True)),
                ('email', models.CharField(max_length=200)),
                ('language', models.CharField(max_length=5)),
                ('made_at', models.DateTimeField(db_index=True)),
                ('thing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='following.thing')),
            ],
        ),
        migrations.CreateModel(
            name='DailyLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('text', models.TextField()),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='following.follower')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('follower', 'on'), name='one_letter_a_day')],
            },
        ),
        migrations.AddConstraint(
            model_name='thing',
            constraint=models.UniqueConstraint(fields=('kind', 'key', 'unit', 'subject'), name='one_thing', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='thing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('key__gt', ''), ('kind', 'figure'), ('subject', None), ('unit__isnull', False)), models.Q(('key', ''), ('kind', 'place'), ('subject', None), ('unit__isnull', False)), models.Q(('key__gt', ''), ('kind', 'list'), ('subject', None)), models.Q(('key__gt', ''), ('kind', 'record'), ('subject__isnull', False), ('unit', None)), _connector='OR'), name='thing_says_what'),
        ),
        migrations.AddConstraint(
            model_name='following',
            constraint=models.UniqueConstraint(fields=('follower', 'thing'), name='followed_once'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(fields=('email', 'thing'), name='one_confirmation_waits'),
        ),
    ]
