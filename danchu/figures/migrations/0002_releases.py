"""The published numbers of sensitive figures. New tables: no time is needed."""

import danchu.journal.keep
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0001_initial'),
        ('units', '0003_boards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=80)),
                ('year', models.PositiveSmallIntegerField()),
                ('map_day', models.DateField()),
                ('released_on', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('table', 'year'), name='one_release_a_year'), danchu.journal.keep.Kept(code='raise_exception', ended='TRUE', name='release_kept', says=('a published figure is never changed', 'số liệu đã công bố không bị sửa, không bị xóa'))],
            },
        ),
        migrations.CreateModel(
            name='ReleasedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('value', models.CharField(max_length=60)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='figures.release')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='units.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'key', 'unit'), name='one_released_figure'), danchu.journal.keep.Kept(code='raise_exception', ended='TRUE', name='released_figure_kept', says=('a published figure is never changed', 'số liệu đã công bố không bị sửa, không bị xóa'))],
            },
        ),
    ]
