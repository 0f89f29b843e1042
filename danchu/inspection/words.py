"""What was done to a recommendation, in words."""

from django.utils.translation import gettext_lazy as _

ACT_WORDS = {
    "resolved": _("Đã giải quyết"),
    "returned": _("Mặt trận trả lại"), "sent": _("Đã gửi"), "answered": _("Đã trả lời"), "remedied": _("Báo đã khắc phục"),
    "disputed": _("Ban xác minh: chưa khắc phục"), "settled": _("Ban xác nhận đã giải quyết"),
}  # fmt: skip
