"""Texts to begin answers from; denunciations that name nobody but show clear evidence end by being used for an inspection: they never change after either."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = r"""
CREATE OR REPLACE FUNCTION petition_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'petition % is never removed', OLD.id;
    END IF;
    IF OLD.state IN ({ends}) AND
       (NEW.state, NEW.unit_id, NEW.received_on, NEW.ended_on, NEW.in_time, NEW.eligible, NEW.competent, NEW.content) IS DISTINCT FROM
       (OLD.state, OLD.unit_id, OLD.received_on, OLD.ended_on, OLD.in_time, OLD.eligible, OLD.competent, OLD.content) THEN
        RAISE EXCEPTION 'petition % has ended: it never changes', OLD.id;
    END IF;
    IF OLD.nature = 'denunciation' AND NEW.nature <> 'denunciation' THEN
        RAISE EXCEPTION 'petition % is sealed: it stays a denunciation', OLD.id;
    END IF;
    RETURN NEW;
END $$;
"""
BEFORE = "'refused', 'guided', 'returned', 'filed', 'stopped', 'withdrawn'"


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_sealed_visits"), ("units", "0003_boards")]
    operations = [
        migrations.RunSQL(KEEP.format(ends=BEFORE + ", 'used'"), KEEP.format(ends=BEFORE)),
        migrations.AlterField(
            model_name='petition',
            name='state',
            field=models.CharField(choices=[('received', 'Mới tiếp nhận'), ('classified', 'Đã phân loại'), ('accepted', 'Đã thụ lý'), ('verifying', 'Đang xác minh'), ('dialogued', 'Đã đối thoại'), ('decided', 'Đã có kết luận'), ('sent', 'Đã gửi kết quả'), ('published', 'Đã công khai kết quả'), ('answered', 'Đã trả lời'), ('closed', 'Đã kết thúc'), ('refused', 'Không thụ lý'), ('guided', 'Đã hướng dẫn'), ('forwarded', 'Đã chuyển cơ quan có thẩm quyền'), ('urged', 'Đã đôn đốc'), ('returned', 'Đã trả lại đơn'), ('filed', 'Lưu đơn'), ('suspended', 'Tạm đình chỉ'), ('stopped', 'Đình chỉ'), ('withdrawn', 'Người gửi đã rút'), ('used', 'Dùng để thanh tra, kiểm tra')], default='received', max_length=12),
        ),
        migrations.AlterField(
            model_name='step',
            name='state',
            field=models.CharField(choices=[('received', 'Mới tiếp nhận'), ('classified', 'Đã phân loại'), ('accepted', 'Đã thụ lý'), ('verifying', 'Đang xác minh'), ('dialogued', 'Đã đối thoại'), ('decided', 'Đã có kết luận'), ('sent', 'Đã gửi kết quả'), ('published', 'Đã công khai kết quả'), ('answered', 'Đã trả lời'), ('closed', 'Đã kết thúc'), ('refused', 'Không thụ lý'), ('guided', 'Đã hướng dẫn'), ('forwarded', 'Đã chuyển cơ quan có thẩm quyền'), ('urged', 'Đã đôn đốc'), ('returned', 'Đã trả lại đơn'), ('filed', 'Lưu đơn'), ('suspended', 'Tạm đình chỉ'), ('stopped', 'Đình chỉ'), ('withdrawn', 'Người gửi đã rút'), ('used', 'Dùng để thanh tra, kiểm tra')], max_length=12),
        ),
        migrations.CreateModel(
            name='AnswerText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=16)),
                ('nature', models.CharField(blank=True, choices=[('complaint', 'Khiếu nại'), ('denunciation', 'Tố cáo'), ('feedback', 'Kiến nghị, phản ánh')], max_length=12)),
                ('title', models.CharField(max_length=120)),
                ('text', models.TextField()),
                ('is_open', models.BooleanField(default=True)),
                ('made_by', models.CharField(max_length=60)),
                ('made_at', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='units.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_open', True)), fields=['unit', 'act'], name='answer_text_of_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='answer_text_says_something')],
            },
        ),
    ]
