"""The public fields of records are digested apart from the others, so that readers can have a proof."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('minutes', '0006_digested'),
        ('obligations', '0008_digested'),
        ('register', '0011_digested'),
        ('units', '0005_digested'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='commitment',
            name='commitment_digest',
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=danchu.journal.digested.Digested(earlier={1: 'uid code unit owner office title text asker asked_by origin origin_uid mark made_on due_on due_reason state obligation fulfilled_on fulfilled_by in_time kept_on postponed missed moved_on illustrative made_by made_at'}, fields='uid code unit owner office title text asker asked_by origin origin_uid mark made_on due_on due_reason state obligation fulfilled_on fulfilled_by in_time kept_on postponed missed moved_on illustrative made_by made_at', form=2, kind='commitment', name='commitment_digest', public={2: 'uid code unit owner office title text asker asked_by origin made_on due_on due_reason state fulfilled_on in_time kept_on postponed missed illustrative'}, state='r.state', title=('commitment', 'cam kết'), when='TRUE'),
        ),
    ]
