"""Bodies have agency codes with days, and decisions behind their changes."""

import danchu.journal.digested
import danchu.units.models
import datetime
import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('units', '0005_digested'),
    ]

    operations = [
        migrations.CreateModel(
            name='BodyCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=35)),
                ('since', models.DateField(default=datetime.date(1, 1, 1))),
                ('until', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='BodyGround',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.CharField(choices=[('opened', 'Thành lập'), ('renamed', 'Đổi tên'), ('coded', 'Đổi mã định danh'), ('closed', 'Kết thúc'), ('succeeded', 'Sáp nhập, kế thừa')], max_length=10)),
                ('on', models.DateField()),
                ('decision', models.CharField(max_length=100)),
                ('decided_on', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='body',
            name='body_digest',
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=danchu.journal.digested.Digested(earlier={1: 'unit kind since until'}, fields='unit kind since until', form=2, kind='body', name='body_digest', title=('body', 'tổ chức'), when='TRUE'),
        ),
        migrations.AddField(
            model_name='bodycode',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='units.body'),
        ),
        migrations.AddField(
            model_name='bodyground',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grounds', to='units.body'),
        ),
        migrations.AddConstraint(
            model_name='bodycode',
            constraint=danchu.journal.digested.PartDigested(fields='code since until', kind='body', name='body_code_digest', order='id', since=2, when='TRUE', whole='body'),
        ),
        migrations.AddConstraint(
            model_name='bodycode',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='body_code_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='bodycode',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('body', '='), (danchu.units.models.DateRange('since', 'until'), '&&')], name='no_two_body_codes_at_once'),
        ),
        migrations.AddConstraint(
            model_name='bodycode',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), (danchu.units.models.DateRange('since', 'until'), '&&')], name='no_body_code_twice_at_once'),
        ),
        migrations.AddConstraint(
            model_name='bodyground',
            constraint=danchu.journal.digested.PartDigested(fields='change on decision decided_on', kind='body', name='body_ground_digest', order='id', since=2, when='TRUE', whole='body'),
        ),
    ]
