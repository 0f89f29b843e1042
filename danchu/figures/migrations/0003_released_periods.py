"""Published totals for the periods of reports. A new table: no time is needed."""

import danchu.journal.keep
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0002_releases'),
        ('units', '0004_vietnamese_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReleasedPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('map_day', models.DateField()),
                ('value', models.CharField(max_length=60)),
                ('released_on', models.DateField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='units.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'unit', 'since', 'until'), name='one_released_period'), danchu.journal.keep.Kept(code='raise_exception', ended='TRUE', name='released_period_kept', says=('a published figure is never changed', 'số liệu đã công bố không bị sửa, không bị xóa'))],
            },
        ),
    ]
