"""A change of what counts needs an entry of the journal that digests it."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0005_row_digests'),
        ('law', '0007_digested'),
        ('obligations', '0007_revision'),
        ('units', '0005_digested'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='obligation',
            constraint=danchu.journal.digested.Digested(fields='uid unit body title owed_to subject_kind subject rule event_on due_on calendar state done_on excused_on note made_by made_at closed_by closed_at', form=1, kind='obligation', name='obligation_digest', state='r.state', title=('obligation', 'nghĩa vụ'), when='TRUE'),
        ),
    ]
