"""What was done to a report or to a score, in words."""

from django.utils.translation import gettext_lazy as _

ACT_WORDS = {
    "started": _("Lập báo cáo"),
    "edited": _("Sửa"),
    "commented": _("Góp ý"),
    "submitted": _("Xin ý kiến"),
    "reopened": _("Soạn tiếp"),
    "issued": _("Niêm phong và công khai"),
    "dropped": _("Bỏ bản này"),
    "entered": _("Ghi điểm"),
    "corrected": _("Đính chính"),
}
