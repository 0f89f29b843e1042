"""The steps of a petition belong to what an entry of the journal proves of it."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0013_digested'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='petition',
            name='petition_digest',
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=danchu.journal.digested.Digested(earlier={1: 'uid code nature channel state stage unit body place matter title content came_from known_on received_on moved_on people is_named is_remote several_places complexity eligible fault competent same_as split_from follows handed_from sealed accepted_on processed_on resolved_on ended_on in_time verdict answer_text dialogue_on suspended_on suspended_days elsewhere replied_on reopened is_solved shown_title shown_text illustrative made_by made_at'}, fields='uid code nature channel state stage unit body place matter title content came_from known_on received_on moved_on people is_named is_remote several_places complexity eligible fault competent same_as split_from follows handed_from sealed accepted_on processed_on resolved_on ended_on in_time verdict answer_text dialogue_on suspended_on suspended_days elsewhere replied_on reopened is_solved shown_title shown_text illustrative made_by made_at', form=2, kind='petition', name='petition_digest', personal=True, state='r.state', title=('petition', 'đơn thư'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=danchu.journal.digested.PartDigested(fields='number act on state unit text by at', kind='petition', name='petition_step_digest', order='number', since=2, when='TRUE', whole='petition'),
        ),
    ]
