"""What must stay is declared with the models; the triggers written by hand before go."""

from importlib import import_module

import danchu.journal.keep
from django.conf import settings
from django.db import migrations

OLD = import_module("danchu.vault.migrations.0002_kept")
BEFORE = OLD.KEEP


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0002_kept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(OLD.FORGET, BEFORE),
        migrations.AddConstraint(
            model_name='opening',
            constraint=danchu.journal.keep.Kept(code='raise_exception', ended='OLD.judged_by_id IS NOT NULL', fixed=('sealed', 'asked_by', 'reason', 'asked_at'), name='vault_opening_kept', says=('an opening is kept as it was asked for and judged', 'yêu cầu mở danh tính được giữ nguyên như khi yêu cầu và khi xét')),
        ),
    ]
