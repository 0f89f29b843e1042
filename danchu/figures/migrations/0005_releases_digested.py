"""A change of what was published needs an entry of the journal that digests it."""

import danchu.journal.digested
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0004_digested'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='release',
            constraint=danchu.journal.digested.Digested(fields='table year map_day released_on', form=1, kind='release', name='release_digest', title=('publication of a year', 'đợt công bố số liệu năm'), when='TRUE'),
        ),
        migrations.AddConstraint(
            model_name='releasedfigure',
            constraint=danchu.journal.digested.PartDigested(fields='key unit value', kind='release', name='released_figure_digest', order='id', when='TRUE', whole='release'),
        ),
        migrations.AddConstraint(
            model_name='releasedperiod',
            constraint=danchu.journal.digested.Digested(fields='key unit since until map_day value released_on', form=1, kind='released_period', name='released_period_digest', title=('published total of a report', 'số tổng đã công bố theo kỳ báo cáo'), when='TRUE'),
        ),
    ]
