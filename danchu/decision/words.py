"""What was done to the records of this room, in words."""

from django.utils.translation import gettext_lazy as _

ACT_WORDS_OF = {
    "household": {
        "entered": _("Ghi vào danh sách"),
        "corrected": _("Sửa"),
        "moved": _("Chuyển sang thôn khác"),
        "left": _("Thôi tính"),
    },
}
ACT_WORDS = {"imported": _("Nhập từ tệp")}
