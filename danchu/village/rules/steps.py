"""The nine steps of a yearly conference (Decree 59/2023 article 11), in words of our own."""

from django.utils.translation import gettext_lazy as _

STEPS = (
    (1, _("Tuyên bố lý do, giới thiệu thành phần, chương trình, cử thư ký")),
    (2, _("Trưởng thôn, tổ trưởng báo cáo việc Nhân dân bàn, quyết định và đã thực hiện")),
    (3, _("Trưởng ban công tác Mặt trận báo cáo")),
    (4, _("Thành viên Ban Thanh tra nhân dân được bầu ở đây báo cáo")),
    (5, _("Người dự thảo luận, hỏi và được trả lời")),
    (6, _("Đại diện cấp xã trả lời, phát biểu")),
    (7, _("Bàn, quyết định việc của cộng đồng; bầu thành viên Ban nếu đến kỳ")),
    (8, _("Kết luận, việc phải làm trong năm tới")),
    (9, _("Thông qua biên bản")),
)
STEP_WORDS = dict(STEPS)
LAST_STEP = len(STEPS)
