"""A change of what counts needs an entry of the journal that digests it."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0005_row_digests'),
        ('conference', '0006_invitations'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='ballot',
            constraint=danchu.journal.digested.PartDigested(fields='code choice', kind='poll', name='ballot_digest', order='code', when="r.state = 'declared'", whole='poll'),
        ),
        migrations.AddConstraint(
            model_name='declaration',
            constraint=danchu.journal.digested.PartDigested(fields='content size root public_key signature made_at', kind='poll', name='declaration_digest', order='poll', when="r.state = 'declared'", whole='poll'),
        ),
        migrations.AddConstraint(
            model_name='poll',
            constraint=danchu.journal.digested.Digested(fields='uid conference item title kind secrecy franchise electorate options may_change publishes_names on_roll quorum_rule threshold_rule threshold_option state opened_at closed_at declared_at basis result made_by made_at', form=1, kind='poll', name='poll_digest', state='r.state', title=('poll', 'cuộc biểu quyết'), when="r.state = 'declared'"),
        ),
        migrations.AddConstraint(
            model_name='roomcount',
            constraint=danchu.journal.digested.PartDigested(fields='point counts heads noted_at noted_by', kind='poll', name='room_count_digest', order='id', when="r.state = 'declared'", whole='poll'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=danchu.journal.digested.PartDigested(fields='voter choice', kind='poll', name='vote_digest', order='voter', quiet=True, when="r.state = 'declared'", whole='poll'),
        ),
    ]
