"""A recommendation of before 2023 may have been received without a time limit to answer it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspection', '0009_kept_as_declared'),
        ('obligations', '0005_words'),
        ('register', '0009_kept_as_declared'),
        ('units', '0003_boards'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='recommendation',
            name='recommendation_sent_is_owed',
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(('obligation', None), ('received_on__isnull', False), _connector='OR'), name='recommendation_sent_is_owed'),
        ),
    ]
