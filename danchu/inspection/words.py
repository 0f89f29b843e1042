"""The names of the acts of this room, as pages show them."""

from django.utils.translation import gettext_lazy as _

ACT_WORDS = {
    "resolved": _("Đã giải quyết"),
    "returned": _("Mặt trận trả lại"),
    "sent": _("Đã gửi"),
    "answered": _("Đã trả lời"),
    "remedied": _("Báo đã khắc phục"),
    "opened": _("Đã lập"),
    "recognised": _("Mặt trận công nhận"),
    "elected": _("Ghi người trúng cử"),
    "left": _("Thôi làm thành viên"),
    "declared": _("Khai báo xung đột lợi ích"),
    "planned": _("Lập kế hoạch"),
    "notified": _("Đã gửi kế hoạch"),
    "cancelled": _("Bỏ kế hoạch"),
    "registered": _("Ghi dự án"),
    "board_founded": _("Lập Ban của dự án"),
    "announced": _("Thông báo chủ đầu tư"),
    "disclosed": _("Ghi nội dung đã công khai"),
    "finished": _("Dự án kết thúc"),
    "recorded": _("Ghi vụ việc vi phạm"),
    "written": _("Ghi tại chỗ"),
    "photo": _("Ảnh đã đến"),
    "photo_dropped": _("Không chờ ảnh này"),
    "asked": _("Đề nghị Ban xác minh"),
    "told": _("Đã báo kết quả"),
    "declined": _("Không xác minh"),
    "disputed": _("Ban xác minh: chưa khắc phục"),
    "settled": _("Ban xác nhận đã giải quyết"),
}
