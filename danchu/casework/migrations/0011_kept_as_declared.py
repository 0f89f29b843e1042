"""What must stay is declared with the models; the triggers written by hand before go."""

from importlib import import_module

import danchu.journal.keep
from django.conf import settings
from django.db import migrations

FIRST = import_module("danchu.casework.migrations.0003_kept").KEEP
LATER = import_module("danchu.casework.migrations.0008_used_and_answers")
# The triggers of the first, without its index and its rule about persons; the function of the later.
BEFORE = (
    "CREATE FUNCTION petition_kept()"
    + FIRST.partition("CREATE FUNCTION petition_kept()")[2].partition("CREATE FUNCTION petitioner_")[0]
    + LATER.KEEP.format(ends=LATER.BEFORE + ", 'used'")
)
FORGET = """
DROP TRIGGER petition_step_kept ON casework_step;
DROP FUNCTION petition_step_kept();
DROP TRIGGER petition_kept ON casework_petition;
DROP FUNCTION petition_kept();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0010_nature_in_the_index'),
        ('units', '0003_boards'),
        ('vault', '0003_kept_as_declared'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FORGET, BEFORE),
        migrations.AddConstraint(
            model_name='petition',
            constraint=danchu.journal.keep.Kept(code='raise_exception', ended="OLD.state IN ('refused', 'guided', 'returned', 'filed', 'stopped', 'withdrawn', 'used')", ended_fixed=('state', 'unit', 'received_on', 'ended_on', 'in_time', 'eligible', 'competent', 'content'), name='petition_kept', says=('a petition is never removed, ended it never changes, and a denunciation stays sealed', 'đơn không bị xóa, đã kết thúc thì không đổi, đơn tố cáo luôn được niêm phong'), sticks={'nature': 'denunciation'}),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=danchu.journal.keep.Kept(code='raise_exception', ended='TRUE', name='petition_step_kept', says=('a step is never changed or removed', 'bước xử lý đơn không bị sửa, không bị xóa')),
        ),
    ]
