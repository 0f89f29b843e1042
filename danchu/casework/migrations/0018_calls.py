"""Petitions that came from a city hot-line know the number of their call. One empty table; the new choice changes no row."""

import django.db.models.deletion
from django.db import migrations, models

import danchu.journal.keep


class Migration(migrations.Migration):
    dependencies = [("casework", "0017_bookings")]

    operations = [
        migrations.AlterField(
            model_name="petition",
            name="channel",
            field=models.CharField(choices=[("counter", "Nộp trực tiếp"), ("phone", "Điện thoại"), ("post", "Bưu điện"), ("portal", "Cổng tiếp nhận"), ("open311", "Open311"), ("handed_over", "Cơ quan khác chuyển đến"), ("hotline", "Đường dây nóng")], max_length=12),
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hotline", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=60)),
                ("called_at", models.DateTimeField(blank=True, null=True)),
                ("is_urgent", models.BooleanField(default=False)),
                ("forwarded_to", models.CharField(blank=True, max_length=200)),
                ("petition", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="call", to="casework.petition")),
            ],
            options={
                "constraints": [
                    danchu.journal.keep.Kept(ended="TRUE", name="petition_call_kept", says=("which call a petition came from is never changed or removed", "cuộc gọi mà đơn đến từ đó không bị sửa, không bị xóa")),
                    models.UniqueConstraint(fields=("hotline", "number"), name="one_call_a_number"),
                ],
            },
        ),
    ]
