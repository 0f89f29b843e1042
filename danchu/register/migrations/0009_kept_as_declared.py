"""What must stay is declared with the models; the triggers written by hand before go."""

from importlib import import_module

import danchu.journal.keep
from django.db import migrations

OLD = import_module("danchu.register.migrations.0004_kept")
BEFORE = OLD.FORWARD


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0001_initial'),
        ('register', '0008_kind_of_unit'),
        ('units', '0003_boards'),
    ]

    operations = [
        migrations.RunSQL(OLD.BACKWARD, BEFORE),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=danchu.journal.keep.PartKept(added=True, draft='draft', name='register_kept_attachment', once=True, says=('it is never changed, and stays with what was confirmed', 'thuộc bản ghi đã xác nhận: hãy đính chính sự kiện'), wholes=('event', 'statement')),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=danchu.journal.keep.Kept(changes=('state', 'reason'), code='raise_exception', draft="OLD.state IN ('draft')", moves={'confirmed': ['superseded', 'withdrawn']}, name='register_kept', says=('what was confirmed is never removed: withdraw it, or correct it by a new row', 'bản ghi đã xác nhận không bị xóa: hãy rút, hoặc đính chính bằng bản ghi mới'), with_state=('reason',)),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=danchu.journal.keep.PartKept(draft='draft', name='register_kept_part', says=('it belongs to what was confirmed: correct the event', 'thuộc bản ghi đã xác nhận: hãy đính chính sự kiện'), wholes=('event',)),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=danchu.journal.keep.Kept(changes=('state', 'reason'), code='raise_exception', draft="OLD.state IN ('draft')", moves={'confirmed': ['superseded', 'withdrawn']}, name='register_kept_statement', says=('what was confirmed is never removed: withdraw it, or correct it by a new row', 'bản ghi đã xác nhận không bị xóa: hãy rút, hoặc đính chính bằng bản ghi mới'), with_state=('reason',)),
        ),
    ]
