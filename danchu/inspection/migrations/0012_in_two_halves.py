"""The public fields of records are digested apart from the others, so that readers can have a proof."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0011_digested'),
        ('obligations', '0008_digested'),
        ('register', '0011_digested'),
        ('units', '0005_digested'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='finding',
            name='finding_digest',
        ),
        migrations.RemoveConstraint(
            model_name='project',
            name='project_digest',
        ),
        migrations.RemoveConstraint(
            model_name='recommendation',
            name='recommendation_digest',
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=danchu.journal.digested.Digested(earlier={1: 'uid number unit board round project found_on title detail place is_recommended resolved_on outcome money reduced land withdrawn_on reason illustrative made_by made_at'}, fields='uid number unit board round project found_on title detail place is_recommended resolved_on outcome money reduced land withdrawn_on reason illustrative made_by made_at', form=2, kind='finding', name='finding_digest', public={2: 'uid number unit board project found_on title detail is_recommended resolved_on outcome money reduced land illustrative'}, state="CASE WHEN r.withdrawn_on IS NOT NULL THEN 'withdrawn' WHEN r.resolved_on IS NOT NULL THEN 'resolved' ELSE 'recorded' END", title=('violation', 'vụ việc vi phạm'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=danchu.journal.digested.Digested(earlier={1: 'uid unit board name place owner capital budget decided_on begun_on ended_on items disclosure disclosed_on supervised_from notice illustrative made_by made_at'}, fields='uid unit board name place owner capital budget decided_on begun_on ended_on items disclosure disclosed_on supervised_from notice illustrative made_by made_at', form=2, kind='investment_project', name='project_digest', public={2: 'uid unit board name place owner capital budget decided_on begun_on ended_on items disclosed_on supervised_from illustrative'}, title=('investment project', 'dự án đầu tư'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=danchu.journal.digested.Digested(earlier={1: 'uid number unit board answerer round violation project asks title finding found_on state sent_on received_on obligation answered_on in_time answer answer_text remedied_on remedy_text money reduced land settled_on reason made_by made_at'}, fields='uid number unit board answerer round violation project asks title finding found_on state sent_on received_on obligation answered_on in_time answer answer_text remedied_on remedy_text money reduced land settled_on reason made_by made_at', form=2, kind='recommendation', name='recommendation_digest', public={2: 'uid unit board answerer project asks title finding found_on state sent_on received_on answered_on in_time answer answer_text remedied_on remedy_text money reduced land settled_on'}, state='r.state', title=('recommendation', 'kiến nghị'), when="r.state <> 'drafted'"),
        ),
    ]
