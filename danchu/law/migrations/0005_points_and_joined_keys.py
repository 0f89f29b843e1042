"""The register of open points, keys that were joined into others, and a time whose excess has consequences."""

import danchu.journal.keep
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0004_kept_as_declared'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ruleversion',
            name='sense',
            field=models.CharField(choices=[('within', 'within'), ('before', 'before'), ('lasting', 'lasting'), ('through', 'through'), ('at_least', 'at_least'), ('at_most', 'at_most'), ('more_than', 'more_than'), ('only_for', 'only_for'), ('governs', 'governs'), ('exceeding', 'exceeding')], max_length=12),
        ),
        migrations.CreateModel(
            name='JoinedKey',
            fields=[
                ('key', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('into', models.CharField(max_length=60)),
            ],
            options={
                'constraints': [danchu.journal.keep.Kept(code='restrict_violation', ended='TRUE', name='joined_key_kept', says=('a version of the law is never changed or removed: enact or correct a rule', 'phiên bản pháp luật không bị sửa, không bị xóa: hãy ban hành hoặc đính chính quy định')), models.CheckConstraint(condition=models.Q(('key', models.F('into')), _negated=True), name='joined_into_another')],
            },
        ),
        migrations.CreateModel(
            name='OpenPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=60)),
                ('key', models.CharField(max_length=60)),
                ('vi', models.TextField()),
                ('en', models.TextField(blank=True)),
                ('opened_on', models.DateField()),
                ('settled_on', models.DateField(blank=True, null=True)),
                ('answer', models.TextField(blank=True)),
                ('made_by', models.CharField(max_length=60)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['key'], name='open_point_of_rule')],
                'constraints': [danchu.journal.keep.Kept(changes=('settled_on', 'answer'), code='restrict_violation', ended='OLD.settled_on IS NOT NULL', name='open_point_kept', says=('an open point is never removed, and once settled it never changes', 'vướng mắc không bị xóa, đã giải đáp thì không đổi')), models.UniqueConstraint(condition=models.Q(('name', ''), _negated=True), fields=('name',), name='one_open_point_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('settled_on', None)), models.Q(('settled_on__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='open_point_settled_by_an_answer')],
            },
        ),
    ]
