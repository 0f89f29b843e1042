"""What must stay is declared with the models; the triggers written by hand before go."""

from importlib import import_module

import danchu.journal.keep
from django.db import migrations

OLD = import_module("danchu.obligations.migrations.0002_closed_stays")
BEFORE = OLD.KEEP


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0004_kept_as_declared'),
        ('obligations', '0003_reminders'),
        ('units', '0003_boards'),
    ]

    operations = [
        migrations.RunSQL(OLD.FORGET, BEFORE),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=danchu.journal.keep.Kept(code='raise_exception', ended="OLD.state <> 'open'", name='obligation_kept', says=('an obligation is never removed, and closed it never changes', 'nghĩa vụ không bị xóa, đã khép lại thì không đổi')),
        ),
    ]
