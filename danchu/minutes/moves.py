"""The life of a promise as a table: from which state an act leads where, what right it asks for and
at whose place.

Who promised says when it was fulfilled; only who asked says whether it was. What is overdue is no
state: it is an obligation's.
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
# Of a promise that is not fulfilled a clock runs.
RUNNING = (State.MADE, State.DISPUTED)
FINAL = (State.KEPT, State.WITHDRAWN)


def _asking_unit(commitment):
    """The unit of who asked, where a body did; else of who promised."""
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
# What those who asked may do themselves, with the code and the secret and no account.
OF_CITIZEN = ("confirm", "dispute")
