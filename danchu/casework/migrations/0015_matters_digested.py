"""A change of a matter needs an entry of the journal that digests it; its number names it there."""

import danchu.journal.digested
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0014_steps_digested'),
    ]

    operations = [
        migrations.RunSQL('CREATE SEQUENCE casework_matter_number', 'DROP SEQUENCE casework_matter_number'),
        migrations.AddField(
            model_name='matter',
            name='number',
            field=models.BigIntegerField(db_default=models.Func(models.Value('casework_matter_number'), function='nextval'), editable=False, unique=True),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=danchu.journal.digested.Digested(fields='key vi en field level body is_open', form=1, key='number', kind='matter', name='matter_digest', title=('matter', 'nội dung đơn'), when='TRUE'),
        ),
    ]
