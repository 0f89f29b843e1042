"""What must stay is declared with the models; the triggers written by hand before go."""

from importlib import import_module

import danchu.journal.keep
from django.db import migrations

OLD = import_module("danchu.law.migrations.0002_written_once")
BEFORE = OLD.REFUSE


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0003_only_for_and_governs'),
    ]

    operations = [
        migrations.RunSQL(OLD.FORGET, BEFORE),
        migrations.AddConstraint(
            model_name='calendarday',
            constraint=danchu.journal.keep.Kept(code='restrict_violation', ended='TRUE', name='calendar_day_kept', says=('a version of the law is never changed or removed: enact or correct a rule', 'phiên bản pháp luật không bị sửa, không bị xóa: hãy ban hành hoặc đính chính quy định')),
        ),
        migrations.AddConstraint(
            model_name='calendarversion',
            constraint=danchu.journal.keep.Kept(code='restrict_violation', ended='TRUE', name='calendar_kept', says=('a version of the law is never changed or removed: enact or correct a rule', 'phiên bản pháp luật không bị sửa, không bị xóa: hãy ban hành hoặc đính chính quy định')),
        ),
        migrations.AddConstraint(
            model_name='ruleversion',
            constraint=danchu.journal.keep.Kept(changes=('until', 'replaced_at'), code='restrict_violation', ended='OLD.replaced_at IS NOT NULL', name='rule_kept', says=('a version of the law is never changed or removed: enact or correct a rule', 'phiên bản pháp luật không bị sửa, không bị xóa: hãy ban hành hoặc đính chính quy định')),
        ),
    ]
