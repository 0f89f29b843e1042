"""A change of what counts needs an entry of the journal that digests it."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0005_row_digests'),
        ('register', '0010_letters_like_d'),
        ('units', '0005_digested'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='event',
            constraint=danchu.journal.digested.Digested(fields='uid reference kind form held_on unit body title place note state supersedes illustrative batch recorded_by recorded_at confirmed_by confirmed_at reason participants people opinions opinions_accepted recommended accepted findings resolved matters_first matters_repeat groups group_people eligible competent money', form=1, kind='event', name='register_event_digest', state='r.state', title=('record', 'bản ghi'), when="r.state <> 'draft'"),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=danchu.journal.digested.PartDigested(fields='role unit body name amount', kind='event', name='register_part_digest', order='id', when="r.state <> 'draft'", whole='event'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=danchu.journal.digested.Digested(fields='uid body unit indicator since until amount note state supersedes recorded_by recorded_at confirmed_by confirmed_at reason', form=1, kind='statement', name='register_statement_digest', state='r.state', title=('statement', 'số liệu báo cáo'), when="r.state <> 'draft'"),
        ),
    ]
