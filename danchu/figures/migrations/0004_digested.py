"""A change of what counts needs an entry of the journal that digests it."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0005_row_digests'),
        ('figures', '0003_released_periods'),
        ('units', '0005_digested'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='outsidescore',
            constraint=danchu.journal.digested.Digested(fields='series unit year score rank source status note', form=1, kind='score', name='score_digest', title=('outside score', 'điểm do nơi khác công bố'), when='TRUE'),
        ),
    ]
