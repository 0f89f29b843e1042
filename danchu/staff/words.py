"""What states and acts are called on a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    MAIL = "mail", _("Gửi thư điện tử")
    SMS = "sms", _("Gửi tin nhắn")
    LETTER = "letter", _("In giấy mời, trao tận tay")


class InvitationState(models.TextChoices):
    OPEN = "open", _("Chờ nhận")
    ACCEPTED = "accepted", _("Đã nhận")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")


# An open invitation whose code is no longer valid: a state that is read from the clock.
EXPIRED = ("expired", _("Quá hạn"))
INVITATION_STATES = (*InvitationState.choices, EXPIRED)


class ResetState(models.TextChoices):
    ASKED = "asked", _("Chờ người thứ hai xác nhận")
    DONE = "done", _("Đã gỡ")
    DROPPED = "dropped", _("Đã bỏ")


ACCOUNT_STATES = {"active": _("Đang mở"), "closed": _("Đã đóng")}

INVITATION_WORDS = {
    "invited": _("Mời nhận chức trách"),
    "sent_again": _("Gửi lại giấy mời"),
    "withdrawn": _("Thu hồi giấy mời"),
    "printed": _("In giấy mời"),
    "accepted": _("Nhận chức trách"),
}
ACCOUNT_WORDS = {
    "created": _("Tạo tài khoản"),
    "joined": _("Nhận lời mời, mở tài khoản"),
    "closed": _("Đóng tài khoản, kết thúc mọi chức trách"),
    "deactivated": _("Khóa tài khoản"),
    "reactivated": _("Mở lại tài khoản"),
    "second_factor_removed": _("Gỡ xác thực hai lớp"),
    "second_factor_added": _("Bật xác thực hai lớp"),
    "second_factor_dropped": _("Tắt xác thực hai lớp"),
    "second_factor_failed": _("Gõ sai mã xác thực"),
    "recovery_codes_renewed": _("Tạo lại mã dự phòng"),
    "password_set": _("Đặt mật khẩu"),
    "password_changed": _("Đổi mật khẩu"),
    "password_reset": _("Đặt lại mật khẩu qua thư"),
    "signed_in": _("Đăng nhập"),
    "identity_linked": _("Liên kết đăng nhập một lần"),
    "identity_unlinked": _("Bỏ liên kết đăng nhập một lần"),
    "sign_in_failed": _("Đăng nhập sai"),
    "factor_reset_asked": _("Đề nghị gỡ xác thực hai lớp"),
    "factor_reset_dropped": _("Bỏ đề nghị gỡ xác thực hai lớp"),
    "code_printed": _("In mã khôi phục"),
    "told": _("Báo cho người nhận chức trách, ủy quyền"),
}
