"""A change of what counts needs an entry of the journal that digests it."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0005_row_digests'),
        ('units', '0004_vietnamese_order'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='body',
            constraint=danchu.journal.digested.Digested(fields='unit kind since until', form=1, kind='body', name='body_digest', title=('body', 'tổ chức'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='bodystanding',
            constraint=danchu.journal.digested.PartDigested(fields='name since until', kind='body', name='body_standing_digest', order='id', when='TRUE', whole='body'),
        ),
        migrations.AddConstraint(
            model_name='bodysuccession',
            constraint=danchu.journal.digested.Digested(fields='before after on', form=1, kind='body_succession', name='body_succession_digest', title=('succession of bodies', 'việc kế tiếp của tổ chức'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='standing',
            constraint=danchu.journal.digested.PartDigested(fields='name code kind parent decree since until', kind='unit', name='standing_digest', order='id', when='TRUE', whole='unit'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=danchu.journal.digested.Digested(fields='before after on share_over share_under basis decree', form=1, kind='succession', name='succession_digest', title=('succession', 'việc kế tiếp của đơn vị'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=danchu.journal.digested.Digested(fields='level since until', form=1, kind='unit', name='unit_digest', title=('unit', 'đơn vị'), when='TRUE'),
        ),
    ]
