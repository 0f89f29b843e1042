"""Old and new due days of what was judged by a wrong rule."""

import danchu.journal.keep
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0005_points_and_joined_keys'),
        ('obligations', '0006_excused_on'),
        ('units', '0003_boards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('open', 'Chưa làm'), ('met', 'Đúng hạn'), ('late', 'Làm muộn'), ('excused', 'Được miễn')], max_length=8)),
                ('is_applied', models.BooleanField()),
                ('from_event', models.DateField()),
                ('from_due', models.DateField()),
                ('to_event', models.DateField()),
                ('to_due', models.DateField()),
                ('calendar', models.IntegerField()),
                ('made_by', models.CharField(max_length=60)),
                ('made_at', models.DateTimeField()),
                ('from_rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='law.ruleversion')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='obligations.obligation')),
                ('to_rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='law.ruleversion')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='units.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', '-made_at', '-id'], name='revision_of_unit')],
                'constraints': [danchu.journal.keep.Kept(code='raise_exception', ended='TRUE', name='revision_kept', says=('a revision of a due day is never changed or removed', 'dòng ghi hạn cũ và hạn mới không bị sửa, không bị xóa')), models.CheckConstraint(condition=models.Q(('from_due', models.F('to_due')), _negated=True), name='revision_changes_the_due_day'), models.CheckConstraint(condition=models.Q(models.Q(('is_applied', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('is_applied', False)), _connector='OR'), name='revision_applies_to_what_is_open')],
            },
        ),
    ]
