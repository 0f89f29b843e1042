"""Lists sorted by names read an index. On a million rows it takes some minutes to build (0.1 to 0.2 ms a row),
during which the table cannot be written.
"""

import danchu.subjects.order
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0013_sheets_digested'),
        ('obligations', '0008_digested'),
        ('register', '0011_digested'),
        ('units', '0005_digested'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(danchu.subjects.order.VietnameseOrder('title'), models.F('id'), name='finding_by_title'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(danchu.subjects.order.VietnameseOrder('name'), models.F('id'), name='project_by_name'),
        ),
        migrations.AddIndex(
            model_name='recommendation',
            index=models.Index(danchu.subjects.order.VietnameseOrder('title'), models.F('id'), name='recommendation_by_title'),
        ),
        migrations.AddIndex(
            model_name='roundplan',
            index=models.Index(danchu.subjects.order.VietnameseOrder('title'), models.F('id'), name='round_plan_by_title'),
        ),
        migrations.AddIndex(
            model_name='roundsheet',
            index=models.Index(danchu.subjects.order.VietnameseOrder('title'), models.F('id'), name='round_sheet_by_title'),
        ),
        migrations.AddIndex(
            model_name='verification',
            index=models.Index(danchu.subjects.order.VietnameseOrder('title'), models.F('id'), name='verification_by_title'),
        ),
    ]
