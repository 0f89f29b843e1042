"""What was done to a mediation, in words."""

from django.utils.translation import gettext_lazy as _

ACT_WORDS = {
    "received": _("Nhận vụ việc"),
    "scheduled": _("Hẹn ngày hòa giải"),
    "settled": _("Hòa giải thành"),
    "ended": _("Hòa giải không thành"),
    "withdrawn": _("Các bên rút"),
}
