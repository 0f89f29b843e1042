"""Digests of the records that an entry changed, and what refuses a change without an entry."""

import danchu.journal.keep
import django.contrib.postgres.indexes
from django.db import migrations, models

# Fires at commit, once for each transaction that changed records: for the row of kind ''.
FORWARD = """
ALTER TABLE journal_change SET UNLOGGED;

-- The number of the last entry that this transaction has recorded with digests.
CREATE FUNCTION journal_recorded() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(nullif(current_setting('danchu.recorded', TRUE), ''), '0')::bigint
$$;

CREATE FUNCTION journal_changes_digested() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bare record;
BEGIN
    SELECT change.kind, change.subject INTO bare FROM journal_change AS change
        WHERE change.transaction = NEW.transaction AND change.kind <> ''
        AND EXISTS (SELECT FROM journal_founding AS founding WHERE founding.kind = change.kind)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'journal_changes_digested: row % of kind % was changed and no entry of the journal digests it',
            bare.subject, bare.kind
            USING DETAIL = 'bản ghi đã tính thì chỉ đổi cùng một dòng nhật ký, trong một giao dịch',
            ERRCODE = 'integrity_constraint_violation';
    END IF;
    DELETE FROM journal_change WHERE transaction = NEW.transaction;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER journal_changes_digested AFTER INSERT ON journal_change
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = '')
    EXECUTE FUNCTION journal_changes_digested();
"""
BACK = """
DROP TRIGGER journal_changes_digested ON journal_change;
DROP FUNCTION journal_changes_digested();
DROP FUNCTION journal_recorded();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0004_signed_and_published'),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('pk', models.CompositePrimaryKey('transaction', 'recorded', 'kind', 'subject', blank=True, editable=False, primary_key=True, serialize=False)),
                ('transaction', models.BigIntegerField()),
                ('recorded', models.BigIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('subject', models.BigIntegerField()),
            ],
            options={
                'db_table': 'journal_change',
            },
        ),
        migrations.AddField(
            model_name='entry',
            name='rows',
            field=models.CharField(blank=True, db_default='', default='', max_length=100),
        ),
        migrations.CreateModel(
            name='Founding',
            fields=[
                ('kind', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('entry', models.BigIntegerField()),
            ],
            options={
                'db_table': 'journal_founding',
                'constraints': [danchu.journal.keep.Kept(always=True, code='integrity_constraint_violation', ended='TRUE', name='journal_founding_kept', says=('the founding of digests is written once', 'việc mở mã kiểm chỉ ghi một lần'))],
            },
        ),
        migrations.CreateModel(
            name='RowDigest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.BigIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('subject', models.BigIntegerField()),
                ('form', models.SmallIntegerField()),
                ('state', models.CharField(blank=True, max_length=20)),
                ('salt', models.UUIDField(null=True)),
                ('digest', models.BinaryField(null=True)),
            ],
            options={
                'db_table': 'journal_rowdigest',
                'indexes': [models.Index(fields=['kind', 'subject', 'id'], name='rowdigest_of_row'), django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['entry'], name='rowdigest_of_entry')],
                'constraints': [danchu.journal.keep.Kept(always=True, changes=('salt',), code='integrity_constraint_violation', name='journal_rowdigest_kept', says=('digests are written once; only a salt is erased', 'mã kiểm của bản ghi chỉ ghi thêm, chỉ xóa được muối'))],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
