"""Labels of acts on the law, and of the choices in its forms: kinds of days, units, transitions."""

from django.utils.translation import gettext_lazy as _

ACT_WORDS = {
    "enacted": _("Ghi phiên bản mới"),
    "corrected": _("Đính chính"),
    "set": _("Ghi lịch của năm"),
    "added": _("Thêm"),
    "changed": _("Đổi"),
    "removed": _("Bỏ"),
}
DAY_WORDS = {
    "holiday": _("Nghỉ lễ, Tết"),
    "swapped_off": _("Nghỉ hoán đổi"),
    "make_up": _("Làm bù"),
}
UNIT_WORDS = {
    "working_day": _("ngày làm việc"),
    "day": _("ngày"),
    "month": _("tháng"),
    "share": _("tỷ lệ"),
    "person": _("người"),
    "household": _("hộ"),
    "dong": _("đồng"),
    "item": _("số của các việc"),
    "law": _("khóa của văn bản"),
}
TRANSITION_WORDS = {
    "new": _("chỉ việc phát sinh từ ngày hiệu lực"),
    "running": _("cả việc đang chạy chưa đến hạn vào ngày hiệu lực"),
}
