"""The public fields of records are digested apart from the others, so that readers can have a proof."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0011_digested'),
        ('units', '0005_digested'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='event',
            name='register_event_digest',
        ),
        migrations.RemoveConstraint(
            model_name='part',
            name='register_part_digest',
        ),
        migrations.RemoveConstraint(
            model_name='statement',
            name='register_statement_digest',
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=danchu.journal.digested.Digested(earlier={1: 'uid reference kind form held_on unit body title place note state supersedes illustrative batch recorded_by recorded_at confirmed_by confirmed_at reason participants people opinions opinions_accepted recommended accepted findings resolved matters_first matters_repeat groups group_people eligible competent money'}, fields='uid reference kind form held_on unit body title place note state supersedes illustrative batch recorded_by recorded_at confirmed_by confirmed_at reason participants people opinions opinions_accepted recommended accepted findings resolved matters_first matters_repeat groups group_people eligible competent money', form=2, kind='event', name='register_event_digest', public={2: 'uid reference kind form held_on unit body title state supersedes illustrative participants people opinions opinions_accepted recommended accepted findings resolved matters_first matters_repeat groups group_people eligible competent money'}, state='r.state', title=('record', 'bản ghi'), when="r.state <> 'draft'"),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=danchu.journal.digested.PartDigested(fields='role unit body name amount', kind='event', name='register_part_digest', order='id', public=True, since=1, when="r.state <> 'draft'", whole='event'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=danchu.journal.digested.Digested(earlier={1: 'uid body unit indicator since until amount note state supersedes recorded_by recorded_at confirmed_by confirmed_at reason'}, fields='uid body unit indicator since until amount note state supersedes recorded_by recorded_at confirmed_by confirmed_at reason', form=2, kind='statement', name='register_statement_digest', public={2: 'uid body unit indicator since until amount state supersedes'}, state='r.state', title=('statement', 'số liệu báo cáo'), when="r.state <> 'draft'"),
        ),
    ]
