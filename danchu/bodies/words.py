"""What was done to a body or a village, in words."""

from django.utils.translation import gettext_lazy as _

BODY_WORDS = {
    "opened": _("Thành lập"),
    "renamed": _("Đổi tên"),
    "coded": _("Đổi mã định danh"),
    "closed": _("Kết thúc"),
    "succeeded": _("Ghi tổ chức kế thừa"),
    "emptied": _("Kết thúc nhiệm kỳ, thôi chức vụ của thành viên"),
    "joined": _("Ghi thành viên"),
    "role_changed": _("Đổi chức vụ của thành viên"),
    "left": _("Thành viên thôi"),
}
UNIT_WORDS = {
    "usual_opened": _("Lập các tổ chức thường có"),
    "opened": _("Thành lập"),
    "renamed": _("Đổi tên"),
    "closed": _("Kết thúc"),
    "merged": _("Lập do nhập"),
    "divided": _("Chia thành nhiều nơi"),
}
