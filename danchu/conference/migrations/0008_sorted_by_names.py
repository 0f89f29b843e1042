"""Lists sorted by names read an index. On a million rows it takes some minutes to build (0.1 to 0.2 ms a row),
during which the table cannot be written.
"""

import danchu.subjects.order
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conference', '0007_digested'),
        ('notices', '0004_tried_at'),
        ('obligations', '0008_digested'),
        ('register', '0011_digested'),
        ('units', '0005_digested'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='conference',
            index=models.Index(danchu.subjects.order.VietnameseOrder('title'), models.F('id'), name='conference_by_title'),
        ),
        migrations.AddIndex(
            model_name='delegate',
            index=models.Index(models.F('conference'), danchu.subjects.order.VietnameseOrder('name'), models.F('id'), name='delegate_by_name'),
        ),
    ]
