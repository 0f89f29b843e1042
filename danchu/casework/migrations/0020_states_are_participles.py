"""States of petitions are named by participles; the words change, no row does."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0019_call_runs'),
    ]

    operations = [
        migrations.AlterField(
            model_name='petition',
            name='state',
            field=models.CharField(choices=[('received', 'Mới tiếp nhận'), ('classified', 'Đã phân loại'), ('accepted', 'Đã thụ lý'), ('verifying', 'Đang xác minh'), ('dialogued', 'Đã đối thoại'), ('decided', 'Đã có kết luận'), ('sent', 'Đã gửi kết quả'), ('published', 'Đã công khai kết quả'), ('answered', 'Đã trả lời'), ('closed', 'Đã kết thúc'), ('refused', 'Không thụ lý'), ('guided', 'Đã hướng dẫn'), ('forwarded', 'Đã chuyển cơ quan có thẩm quyền'), ('urged', 'Đã đôn đốc'), ('returned', 'Đã trả lại đơn'), ('filed', 'Đã lưu đơn'), ('suspended', 'Đang tạm đình chỉ'), ('stopped', 'Đã đình chỉ'), ('withdrawn', 'Người gửi đã rút'), ('used', 'Dùng để thanh tra, kiểm tra')], default='received', max_length=12),
        ),
        migrations.AlterField(
            model_name='step',
            name='state',
            field=models.CharField(choices=[('received', 'Mới tiếp nhận'), ('classified', 'Đã phân loại'), ('accepted', 'Đã thụ lý'), ('verifying', 'Đang xác minh'), ('dialogued', 'Đã đối thoại'), ('decided', 'Đã có kết luận'), ('sent', 'Đã gửi kết quả'), ('published', 'Đã công khai kết quả'), ('answered', 'Đã trả lời'), ('closed', 'Đã kết thúc'), ('refused', 'Không thụ lý'), ('guided', 'Đã hướng dẫn'), ('forwarded', 'Đã chuyển cơ quan có thẩm quyền'), ('urged', 'Đã đôn đốc'), ('returned', 'Đã trả lại đơn'), ('filed', 'Đã lưu đơn'), ('suspended', 'Đang tạm đình chỉ'), ('stopped', 'Đã đình chỉ'), ('withdrawn', 'Người gửi đã rút'), ('used', 'Dùng để thanh tra, kiểm tra')], max_length=12),
        ),
    ]
