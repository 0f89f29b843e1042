"""What must stay is declared with the models; the triggers written by hand before go."""

from importlib import import_module

import danchu.journal.keep
from django.db import migrations

BEFORE = "CREATE FUNCTION journal_refuse()" + (
    import_module("danchu.journal.migrations.0002_written_once")
    .FORWARD.partition("CREATE FUNCTION journal_refuse()")[2]
    .partition("CREATE FUNCTION journal_keep_head()")[0]
)
FORGET = """
DROP TRIGGER journal_not_emptied ON journal_entry;
DROP TRIGGER journal_written_once ON journal_entry;
DROP FUNCTION journal_refuse();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0002_written_once'),
    ]

    operations = [
        migrations.RunSQL(FORGET, BEFORE),
        migrations.AddConstraint(
            model_name='entry',
            constraint=danchu.journal.keep.Kept(always=True, code='integrity_constraint_violation', ended='TRUE', name='journal_kept', says=('the journal is written once', 'sổ nhật ký chỉ ghi thêm, không sửa, không xóa')),
        ),
    ]
