"""What was done to a consultation, in words."""

from django.utils.translation import gettext_lazy as _

ACT_WORDS = {
    "planned": _("Ghi kế hoạch lấy ý kiến"),
    "sent": _("Gửi kế hoạch"),
    "written": _("Ghi nội dung lấy ý kiến"),
    "told": _("Báo cho người chịu tác động"),
    "opened": _("Bắt đầu lấy ý kiến"),
    "closed": _("Kết thúc lấy ý kiến"),
    "summarised": _("Ký tổng hợp, giải trình"),
    "filed": _("Đưa vào hồ sơ trình ký"),
    "published": _("Công bố tổng hợp, giải trình"),
    "overruled": _("Ghi quyết định của cấp trên khác ý kiến đa số"),
    "explained": _("Nhận giải trình của cấp trên"),
    "cancelled": _("Bỏ cuộc lấy ý kiến"),
    "answered": _("Trả lời ý kiến"),
    "moderated": _("Duyệt nhiều ý kiến"),
    "asked": _("Ghi số người mỗi nhóm"),
    "keys_out": _("Phát mã tham gia"),
    "voted": _("Biểu quyết các câu"),
    "entered": _("Ghi ý kiến"),
    "admitted": _("Duyệt ý kiến"),
    "hidden": _("Ẩn ý kiến"),
    "restored": _("Tính lại ý kiến"),
}
OPINION_WORDS = {
    "sent": _("Gửi ý kiến qua cổng"),
    "imported": _("Nhập ý kiến trên giấy từ tệp"),
}

PROPOSITION_WORDS = {
    "asked": _("Đặt câu hỏi"),
    "stated": _("Nêu phát biểu"),
    "admitted": _("Đưa phát biểu ra biểu quyết"),
    "hidden": _("Ẩn phát biểu"),
}
