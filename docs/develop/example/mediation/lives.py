"""The life of a mediation as a table: which act may follow which state, by whose right."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.subjects.life import Life, Move, Right


class State(models.TextChoices):
    RECEIVED = "received", _("Mới nhận")
    SCHEDULED = "scheduled", _("Đã hẹn ngày")
    SETTLED = "settled", _("Hòa giải thành")
    UNSETTLED = "unsettled", _("Hòa giải không thành")
    WITHDRAWN = "withdrawn", _("Các bên đã rút")


# The kinds of record that rights name.
MEDIATION = "mediation"
MEETING = "mediation_meeting"
RESULT = "mediation_result"

OPEN = (State.RECEIVED, State.SCHEDULED)
# What the public reads: what was heard to its end.
PUBLIC = (State.SETTLED, State.UNSETTLED)

MEDIATION_LIFE = Life(
    Move("schedule", OPEN, State.SCHEDULED, Right("draft", MEETING)),
    Move("settle", (State.SCHEDULED,), State.SETTLED, Right("confirm", RESULT)),
    Move("end", (State.SCHEDULED,), State.UNSETTLED, Right("draft", RESULT)),
    Move("withdraw", OPEN, State.WITHDRAWN, Right("withdraw", MEDIATION)),
    no_right=_("Ông/bà không có quyền làm việc này với vụ việc hòa giải này."),
    moved_on=_("Vụ việc hòa giải này đang ở bước khác. Hãy tải lại trang để xem."),
)
