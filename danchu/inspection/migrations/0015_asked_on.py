"""The day until which a board asks for an answer."""

import danchu.journal.digested
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0014_sorted_by_names'),
        ('obligations', '0009_sorted_by_names'),
        ('register', '0014_statements_apart'),
        ('units', '0006_bodies_coded_and_grounded'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='recommendation',
            name='recommendation_days_in_order',
        ),
        migrations.RemoveConstraint(
            model_name='recommendation',
            name='recommendation_digest',
        ),
        migrations.AddField(
            model_name='recommendation',
            name='asked_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=danchu.journal.digested.Digested(earlier={1: 'uid number unit board answerer round violation project asks title finding found_on state sent_on received_on obligation answered_on in_time answer answer_text remedied_on remedy_text money reduced land settled_on reason made_by made_at', 2: 'uid number unit board answerer round violation project asks title finding found_on state sent_on received_on obligation answered_on in_time answer answer_text remedied_on remedy_text money reduced land settled_on reason made_by made_at'}, fields='uid number unit board answerer round violation project asks title finding found_on state sent_on received_on obligation answered_on in_time answer answer_text remedied_on remedy_text money reduced land settled_on reason made_by made_at asked_on', form=3, kind='recommendation', name='recommendation_digest', public={2: 'uid unit board answerer project asks title finding found_on state sent_on received_on answered_on in_time answer answer_text remedied_on remedy_text money reduced land settled_on', 3: 'uid unit board answerer project asks title finding found_on state sent_on received_on answered_on in_time answer answer_text remedied_on remedy_text money reduced land settled_on asked_on'}, state='r.state', title=('recommendation', 'kiến nghị'), when="r.state <> 'drafted'"),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_on', None), ('sent_on__gte', models.F('found_on')), _connector='OR'), models.Q(('asked_on', None), ('asked_on__gte', models.F('found_on')), _connector='OR'), models.Q(('received_on', None), ('received_on__gte', models.F('sent_on')), _connector='OR'), models.Q(('answered_on', None), ('answered_on__gte', models.F('received_on')), _connector='OR'), models.Q(('remedied_on', None), ('remedied_on__gte', models.F('answered_on')), _connector='OR'), models.Q(('settled_on', None), ('settled_on__gte', models.F('remedied_on')), _connector='OR')), name='recommendation_days_in_order'),
        ),
    ]
