"""A change of what counts needs an entry of the journal that digests it."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0005_row_digests'),
        ('minutes', '0005_kept_as_declared'),
        ('obligations', '0008_digested'),
        ('register', '0011_digested'),
        ('units', '0005_digested'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='block',
            constraint=danchu.journal.digested.PartDigested(fields='number is_heading text speaker shown_as', kind='minutes', name='minutes_block_digest', order='number', when="r.state <> 'drafted'", whole='minutes'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=danchu.journal.digested.Digested(fields='uid code unit owner office title text asker asked_by origin origin_uid mark made_on due_on due_reason state obligation fulfilled_on fulfilled_by in_time kept_on postponed missed moved_on illustrative made_by made_at', form=1, kind='commitment', name='commitment_digest', state='r.state', title=('commitment', 'cam kết'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='commitmentstep',
            constraint=danchu.journal.digested.PartDigested(fields='number act on state text is_citizen by at', kind='commitment', name='commitment_step_digest', order='number', when='TRUE', whole='commitment'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=danchu.journal.digested.Digested(fields='uid version supersedes changed event subject_kind subject unit body held_on title number place hours attendance chair secretary state is_public content_hash approved_by approver approved_at illustrative made_by made_at', form=1, kind='minutes', name='minutes_digest', state='r.state', title=('minutes', 'biên bản'), when="r.state <> 'drafted'"),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=danchu.journal.digested.PartDigested(fields='block unit mark kind start end text is_accepted title owner office due_on due_reason asker asked_by', kind='minutes', name='minutes_passage_digest', order='id', when="r.state <> 'drafted'", whole='minutes'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=danchu.journal.digested.PartDigested(fields='number due_on reason obligation set_on ended_on', kind='commitment', name='commitment_term_digest', order='number', when='TRUE', whole='commitment'),
        ),
    ]
