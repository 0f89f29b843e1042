"""The day until which whoever something is owed to asks for it."""

import danchu.journal.digested
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0007_digested'),
        ('obligations', '0009_sorted_by_names'),
        ('units', '0006_bodies_coded_and_grounded'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='obligation',
            name='obligation_digest',
        ),
        migrations.AddField(
            model_name='obligation',
            name='asked_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=danchu.journal.digested.Digested(earlier={1: 'uid unit body title owed_to subject_kind subject rule event_on due_on calendar state done_on excused_on note made_by made_at closed_by closed_at'}, fields='uid unit body title owed_to subject_kind subject rule event_on due_on calendar state done_on excused_on note made_by made_at closed_by closed_at asked_on', form=2, kind='obligation', name='obligation_digest', state='r.state', title=('obligation', 'nghĩa vụ'), when='TRUE'),
        ),
    ]
