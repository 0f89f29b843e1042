"""What must stay is declared with the models; the triggers written by hand before go."""

from importlib import import_module

import danchu.journal.keep
from django.db import migrations

OLD = import_module("danchu.reports.migrations.0002_sealed")
BEFORE = OLD.FORWARD


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0002_sealed'),
        ('units', '0003_boards'),
    ]

    operations = [
        migrations.RunSQL(OLD.BACKWARD, BEFORE),
        migrations.AddConstraint(
            model_name='seal',
            constraint=danchu.journal.keep.Kept(code='raise_exception', ended='TRUE', name='seal_kept', says=('a sealed report is never changed', 'báo cáo đã niêm phong không bị sửa, không bị xóa')),
        ),
        migrations.AddConstraint(
            model_name='sealline',
            constraint=danchu.journal.keep.Kept(code='raise_exception', ended='TRUE', name='seal_line_kept', says=('a sealed report is never changed', 'báo cáo đã niêm phong không bị sửa, không bị xóa')),
        ),
    ]
