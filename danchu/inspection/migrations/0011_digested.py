"""A change of what counts needs an entry of the journal that digests it."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0005_row_digests'),
        ('inspection', '0010_before_2023'),
        ('obligations', '0008_digested'),
        ('register', '0011_digested'),
        ('units', '0005_digested'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='boardmember',
            constraint=danchu.journal.digested.PartDigested(fields='unit name village role seat elected_on left_on reason', kind='board_term', name='board_member_digest', order='id', when='TRUE', whole='term'),
        ),
        migrations.AddConstraint(
            model_name='boardterm',
            constraint=danchu.journal.digested.Digested(fields='uid board unit since until recognised_on project staff is_dispersed made_by made_at', form=1, kind='board_term', name='board_term_digest', title=('term of a board', 'nhiệm kỳ của ban'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=danchu.journal.digested.PartDigested(fields='item disclosed_on where made_by made_at', kind='investment_project', name='disclosure_digest', order='id', when='TRUE', whole='project'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=danchu.journal.digested.Digested(fields='uid number unit board round project found_on title detail place is_recommended resolved_on outcome money reduced land withdrawn_on reason illustrative made_by made_at', form=1, kind='finding', name='finding_digest', state="CASE WHEN r.withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN r.resolved_on IS NOT NULL THEN 'resolved' ELSE 'recorded' END", title=('violation', 'vụ việc vi phạm'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=danchu.journal.digested.Digested(fields='uid unit board name place owner capital budget decided_on begun_on ended_on items disclosure disclosed_on supervised_from notice illustrative made_by made_at', form=1, kind='investment_project', name='project_digest', title=('investment project', 'dự án đầu tư'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=danchu.journal.digested.Digested(fields='uid number unit board answerer round violation project asks title finding found_on state sent_on received_on obligation answered_on in_time answer answer_text remedied_on remedy_text money reduced land settled_on reason made_by made_at', form=1, kind='recommendation', name='recommendation_digest', state='r.state', title=('recommendation', 'kiến nghị'), when="r.state <> 'drafted'"),
        ),
    ]
