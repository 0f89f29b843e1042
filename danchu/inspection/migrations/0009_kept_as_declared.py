"""What must stay is declared with the models; the triggers written by hand before go."""

from importlib import import_module

import danchu.journal.keep
from django.db import migrations

OLD = import_module("danchu.inspection.migrations.0002_final_stays")
BEFORE = OLD.KEEP


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0008_withdrawn_is_not_recommended'),
        ('obligations', '0003_reminders'),
        ('register', '0008_kind_of_unit'),
        ('units', '0003_boards'),
    ]

    operations = [
        migrations.RunSQL(OLD.FORGET, BEFORE),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=danchu.journal.keep.Kept(code='raise_exception', ended="OLD.state IN ('settled', 'rejected', 'withdrawn')", name='recommendation_kept', says=('a recommendation is never removed, and ended it never changes', 'kiến nghị không bị xóa, đã kết thúc thì không đổi')),
        ),
    ]
