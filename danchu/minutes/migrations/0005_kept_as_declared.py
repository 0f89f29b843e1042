"""What must stay is declared with the models; the triggers written by hand before go."""

from importlib import import_module

import danchu.journal.keep
from django.db import migrations

OLD = import_module("danchu.minutes.migrations.0002_kept")
FIRST = "CREATE FUNCTION minutes_kept()"
BEFORE = FIRST + OLD.KEEP.partition(FIRST)[2]  # without the index that was made with them


class Migration(migrations.Migration):

    dependencies = [
        ('minutes', '0004_told_by_the_table'),
        ('obligations', '0003_reminders'),
        ('papers', '0001_initial'),
        ('register', '0008_kind_of_unit'),
        ('units', '0003_boards'),
    ]

    operations = [
        migrations.RunSQL(OLD.FORGET.replace("DROP INDEX commitment_words;", ""), BEFORE),
        migrations.AddConstraint(
            model_name='block',
            constraint=danchu.journal.keep.PartKept(draft='drafted', name='minutes_kept_block', says=('the text of minutes that were approved: correct them by a new version', 'nội dung biên bản đã duyệt: hãy đính chính bằng phiên bản mới'), wholes=('minutes',)),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=danchu.journal.keep.Kept(code='raise_exception', ended="OLD.state IN ('kept', 'withdrawn')", fixed=('uid', 'code', 'unit', 'owner', 'office', 'title', 'text', 'asker', 'asked_by', 'origin', 'origin_uid', 'mark', 'made_on'), name='commitment_kept', says=('a commitment is never removed; what was promised never changes, and ended nothing does', 'cam kết không bị xóa; điều đã hứa không bị sửa, đã kết thúc thì không đổi gì nữa')),
        ),
        migrations.AddConstraint(
            model_name='commitmentpaper',
            constraint=danchu.journal.keep.Kept(code='raise_exception', ended='TRUE', name='commitment_paper_kept', says=('a step of a commitment and its papers are never changed or removed', 'bước thực hiện cam kết và tài liệu của bước không bị sửa, không bị xóa')),
        ),
        migrations.AddConstraint(
            model_name='commitmentstep',
            constraint=danchu.journal.keep.Kept(code='raise_exception', ended='TRUE', name='commitment_step_kept', says=('a step of a commitment and its papers are never changed or removed', 'bước thực hiện cam kết và tài liệu của bước không bị sửa, không bị xóa')),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=danchu.journal.keep.Kept(changes=('state', 'event'), code='raise_exception', draft="OLD.state IN ('drafted')", moves={'approved': ['superseded']}, name='minutes_kept', says=('approved minutes are never removed: correct them by a new version', 'biên bản đã duyệt không bị xóa: hãy đính chính bằng phiên bản mới')),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=danchu.journal.keep.PartKept(draft='drafted', name='minutes_kept_passage', says=('the text of minutes that were approved: correct them by a new version', 'nội dung biên bản đã duyệt: hãy đính chính bằng phiên bản mới'), wholes=('minutes',)),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=danchu.journal.keep.Kept(changes=('ended_on',), code='raise_exception', ended='OLD.ended_on IS NOT NULL', name='commitment_term_kept', says=('a day that was promised is never changed or removed', 'ngày đã hứa không bị sửa, không bị xóa')),
        ),
    ]
