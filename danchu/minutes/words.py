"""The names of acts on minutes and commitments."""

from django.utils.translation import gettext_lazy as _

STEP_WORDS = {
    "made": _("Đã hứa"),
    "fulfil": _("Báo đã thực hiện"),
    "postpone": _("Dời ngày"),
    "confirm": _("Bên hỏi xác nhận đã giữ lời"),
    "dispute": _("Ghi bên hỏi thấy chưa đạt"),
    "withdraw": _("Rút cam kết"),
    "give_secret": _("Cấp mã xác nhận cho người hỏi"),
}
ACT_WORDS = {
    "made": _("Đã hứa"),
    "fulfilled": _("Báo đã thực hiện"),
    "postponed": _("Dời ngày"),
    "confirmed": _("Bên hỏi xác nhận đã giữ lời"),
    "disputed": _("Bên hỏi: chưa đạt"),
    "secret_given": _("Cấp mã xác nhận cho người hỏi"),
    "approved": _("Đã duyệt"),
    "attached": _("Gắn với việc trong sổ"),
    "correction_drafted": _("Soạn bản đính chính"),
    "followed": _("Theo việc đã đính chính"),
    "edited": _("Đã sửa"),
    "drafted": _("Đã soạn"),
    "withdrawn": _("Đã rút"),
    "discarded": _("Đã bỏ bản nháp"),
}
