"""A change of what counts needs an entry of the journal that digests it."""

import danchu.journal.digested
from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0005_row_digests'),
        ('casework', '0012_once_late'),
        ('units', '0005_digested'),
        ('vault', '0003_kept_as_declared'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='petition',
            constraint=danchu.journal.digested.Digested(fields='uid code nature channel state stage unit body place matter title content came_from known_on received_on moved_on people is_named is_remote several_places complexity eligible fault competent same_as split_from follows handed_from sealed accepted_on processed_on resolved_on ended_on in_time verdict answer_text dialogue_on suspended_on suspended_days elsewhere replied_on reopened is_solved shown_title shown_text illustrative made_by made_at', form=1, kind='petition', name='petition_digest', personal=True, state='r.state', title=('petition', 'đơn thư'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='receptionday',
            constraint=danchu.journal.digested.Digested(fields='uid unit office form on hours room delegate is_deputy state reason made_by made_at', form=1, kind='reception_day', name='reception_day_digest', state='r.state', title=('reception day', 'buổi tiếp dân'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=danchu.journal.digested.Digested(fields='uid code unit day year number received_on form name address identity content nature people representatives is_group is_first handled_before competent guidance handler follow_up note answered_on petition sealed refused_for notice_number noticed_on made_by made_at', form=1, kind='visit', name='visit_digest', personal=True, title=('visit', 'lượt tiếp'), when='TRUE'),
        ),
    ]
