"""The life cycle of a commitment as a table: acts, states, and the right needed at the unit of the
body that promised or that asked.

Those who promised report when it was fulfilled; only those who asked confirm it. Overdue is not a
state here but one of the obligation.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.subjects.life import STAYS, Life, Move, Right


class State(models.TextChoices):
    MADE = "made", _("Đang thực hiện")
    FULFILLED = "fulfilled", _("Báo đã thực hiện, chờ xác nhận")
    DISPUTED = "disputed", _("Bên hỏi: chưa đạt")
    KEPT = "kept", _("Đã giữ lời")
    WITHDRAWN = "withdrawn", _("Đã rút")


COMMITMENT = "commitment"
REPORT = "commitment_report"
RESULT = "commitment_result"
# The states in which the deadline runs.
RUNNING = (State.MADE, State.DISPUTED)
FINAL = (State.KEPT, State.WITHDRAWN)


def _asking_unit(commitment):
    """The unit of the body that asked; where a citizen asked, that of the body that promised."""
    return commitment.asker.unit_id if commitment.asker_id else commitment.unit_id


def _of_asker(verb, kind):
    return Right(verb, kind, place=_asking_unit)


_UNJUDGED = (*RUNNING, State.FULFILLED)
COMMITMENT_LIFE = Life(
    Move("fulfil", RUNNING, State.FULFILLED, Right("draft", REPORT)),
    Move("postpone", RUNNING, STAYS, Right("confirm", REPORT)),
    Move("confirm", (State.FULFILLED,), State.KEPT, _of_asker("confirm", RESULT)),
    Move("dispute", (State.FULFILLED,), State.DISPUTED, _of_asker("confirm", RESULT)),
    Move("give_secret", _UNJUDGED, STAYS, _of_asker("draft", RESULT)),
    Move("withdraw", _UNJUDGED, State.WITHDRAWN, _of_asker("withdraw", COMMITMENT)),
    no_right=_("Ông/bà không có quyền làm việc này với cam kết này."),
    moved_on=_(
        "Cam kết này đang ở bước khác, có thể người khác vừa làm. Hãy tải lại trang để xem."
    ),
)
# What those who asked may do without an account, by the code and the secret.
OF_CITIZEN = ("confirm", "dispute")
