"""A change of the sheet of a round needs an entry of the journal that digests it."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0012_in_two_halves'),
        ('obligations', '0008_digested'),
        ('register', '0011_digested'),
        ('units', '0005_digested'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='roundsheet',
            constraint=danchu.journal.digested.Digested(fields='uid board unit event plan project held_on title minutes latitude longitude accuracy keeps_trace noted entered_at digest made_by made_at', form=1, kind='round_sheet', name='round_sheet_digest', title=('sheet of a round', 'biên bản cuộc giám sát'), when='r.event_id IS NOT NULL'),
        ),
    ]
