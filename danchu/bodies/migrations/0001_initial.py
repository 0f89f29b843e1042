"""Members of bodies, with their roles and terms."""

import danchu.journal.digested
import danchu.units.models
import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0006_bodies_coded_and_grounded'),
    ]

    operations = [
        migrations.CreateModel(
            name='BodyMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.UUIDField()),
                ('name', models.CharField(max_length=120)),
                ('role', models.CharField(max_length=120)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('term_ends_on', models.DateField(blank=True, null=True)),
                ('decision', models.CharField(blank=True, max_length=100)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('made_by', models.CharField(max_length=60)),
                ('made_at', models.DateTimeField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='units.body')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['body', 'since'], name='body_member_of_body')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='body_member_ends_after_they_begin'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), (danchu.units.models.DateRange('since', 'until'), '&&')], name='no_two_roles_of_a_member_at_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='bodymember',
            constraint=danchu.journal.digested.Digested(fields='body unit person name role since until term_ends_on decision decided_on reason made_by made_at', form=1, kind='body_member', name='body_member_digest', title=('member of a body', 'thành viên của tổ chức'), when='TRUE'),
        ),
    ]
