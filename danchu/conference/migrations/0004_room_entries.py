import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conference', '0003_codes_and_notice'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='roomentry', name='room_entry_of_point'),
        migrations.AddField(model_name='roomentry', name='desk', field=models.CharField(blank=True, db_default='', max_length=40)),
        migrations.AddField(model_name='roomentry', name='at', field=models.DateTimeField(default=django.utils.timezone.now), preserve_default=False),
        migrations.AlterField(model_name='roomentry', name='act', field=models.CharField(max_length=10)),
        migrations.AlterField(model_name='roomentry', name='number', field=models.BigIntegerField()),
        migrations.AlterField(
            model_name='roomentry', name='outcome',
            field=models.CharField(choices=[('counted', 'Đã nhận'), ('kept', 'Đã giữ lại, sau bế mạc'), ('late', 'Đến muộn, không tính'), ('refused', 'Không nhận')], max_length=8),
        ),
        migrations.AddIndex(model_name='roomentry', index=models.Index(fields=['point', 'desk', 'number'], name='room_entry_of_point')),
    ]
