"""Lists sorted by names read an index. On a million rows it takes some minutes to build (0.1 to 0.2 ms a row),
during which the table cannot be written.
"""

import danchu.subjects.order
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0007_digested'),
        ('obligations', '0008_digested'),
        ('units', '0005_digested'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(danchu.subjects.order.VietnameseOrder('title'), models.F('id'), name='obligation_by_title'),
        ),
    ]
