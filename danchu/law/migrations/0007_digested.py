"""A change of what counts needs an entry of the journal that digests it."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0005_row_digests'),
        ('law', '0006_unique_editions'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='calendarday',
            constraint=danchu.journal.digested.PartDigested(fields='day kind name', kind='calendar', name='calendar_day_digest', order='day', when='TRUE', whole='version'),
        ),
        migrations.AddConstraint(
            model_name='calendarversion',
            constraint=danchu.journal.digested.Digested(fields='year basis mark made_at made_by', form=1, kind='calendar', name='calendar_digest', title=('version of the calendar', 'phiên bản lịch làm việc'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='ruleversion',
            constraint=danchu.journal.digested.Digested(fields='key vi en sense value unit article text since until mark transition note made_at made_by replaced_at', form=1, kind='rule', name='rule_digest', title=('version of a rule', 'phiên bản quy định'), when='TRUE'),
        ),
    ]
