"""Rules that list the matters they hold for, and the law as a whole that governs."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('law', '0002_written_once'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ruleversion',
            name='sense',
            field=models.CharField(choices=[('within', 'within'), ('before', 'before'), ('lasting', 'lasting'), ('through', 'through'), ('at_least', 'at_least'), ('at_most', 'at_most'), ('more_than', 'more_than'), ('only_for', 'only_for'), ('governs', 'governs')], max_length=12),
        ),
        migrations.AlterField(
            model_name='ruleversion',
            name='unit',
            field=models.CharField(choices=[('working_day', 'working_day'), ('day', 'day'), ('month', 'month'), ('share', 'share'), ('person', 'person'), ('household', 'household'), ('dong', 'dong'), ('item', 'item'), ('law', 'law')], max_length=12),
        ),
    ]
