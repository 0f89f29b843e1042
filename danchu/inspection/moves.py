"""The life cycle of a recommendation as a table: states, acts and the right each needs.

It may be sent only after the Front has confirmed it (Law 10/2022 article 40); the People's
Committee answers within the time limit of the law of the day; the board confirms the remedy.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.subjects.life import Life, Move, Right


class State(models.TextChoices):
    DRAFTED = "drafted", _("Đang soạn")
    CONFIRMED = "confirmed", _("Mặt trận đã xác nhận")
    SENT = "sent", _("Chờ trả lời")
    ANSWERED = "answered", _("Đã trả lời")
    REJECTED = "rejected", _("Bị từ chối")
    REMEDIED = "remedied", _("Báo đã khắc phục")
    SETTLED = "settled", _("Đã giải quyết")
    WITHDRAWN = "withdrawn", _("Đã rút")


class Answer(models.TextChoices):
    FULL = "full", _("Tiếp thu toàn bộ")
    PART = "part", _("Tiếp thu một phần")
    REFUSED = "refused", _("Không tiếp thu")


class Asks(models.TextChoices):
    """What a recommendation asks for; only an investment board asks that a project be suspended."""

    REMEDY = "remedy", _("Khắc phục")
    SUSPEND = "suspend", _("Đình chỉ dự án")


# The names of the answers to a proposal to suspend.
SUSPENSION_WORDS = {
    Answer.FULL: _("Đình chỉ toàn bộ"),
    Answer.PART: _("Đình chỉ một phần"),
    Answer.REFUSED: _("Không đình chỉ"),
}


# The kinds of records in rights.
ROUND = "inspection_round"
BOARD = "inspection_board"
VERIFICATION = "verification"
RECOMMENDATION = "recommendation"
SENDING = "recommendation_sending"
ANSWER = "recommendation_answer"
REMEDY = "recommendation_remedy"


def answering_unit(recommendation):
    """The unit of the body that must answer, where the rights of its acts are checked."""
    return recommendation.answerer.unit_id


def _is_no_violation(recommendation):
    """Why it may not be confirmed or sent: its violation was withdrawn."""
    violation = recommendation.violation
    if violation is None or violation.withdrawn_on is None:
        return ""
    return _("Vụ việc này không phải là vi phạm: Ban đã rút. Hãy rút kiến nghị.")


_ANSWERS = Right("draft", ANSWER, place=answering_unit)
_REMEDIES = Right("confirm", REMEDY)
RECOMMENDATION_LIFE = Life(
    Move("edit", (State.DRAFTED,), State.DRAFTED, Right("draft", RECOMMENDATION)),
    Move(
        "confirm",
        (State.DRAFTED,),
        State.CONFIRMED,
        Right("confirm", RECOMMENDATION),
        blocked=_is_no_violation,
    ),
    Move("return", (State.CONFIRMED,), State.DRAFTED, Right("confirm", RECOMMENDATION)),
    Move("send", (State.CONFIRMED,), State.SENT, Right("draft", SENDING), blocked=_is_no_violation),
    Move("answer", (State.SENT,), State.ANSWERED, _ANSWERS),
    Move("reject", (State.SENT,), State.REJECTED, _ANSWERS),
    Move("report_remedy", (State.ANSWERED,), State.REMEDIED, _ANSWERS),
    Move("dispute_remedy", (State.REMEDIED,), State.ANSWERED, _REMEDIES),
    Move("settle", (State.REMEDIED,), State.SETTLED, _REMEDIES),
    Move(
        "withdraw",
        (State.DRAFTED, State.CONFIRMED),
        State.WITHDRAWN,
        Right("withdraw", RECOMMENDATION),
    ),
    no_right=_("Ông/bà không có quyền làm việc này với kiến nghị này."),
    moved_on=_(
        "Kiến nghị này đang ở bước khác, có thể người khác vừa làm. Hãy tải lại trang để xem."
    ),
)
FINAL = (State.SETTLED, State.REJECTED, State.WITHDRAWN)
# The states in which it is public: it was sent.
PUBLIC = (State.SENT, State.ANSWERED, State.REJECTED, State.REMEDIED, State.SETTLED)


def answer_choices(recommendation):
    """[(Answer, its name)] for the form, in other words where a suspension was proposed."""
    words = SUSPENSION_WORDS if recommendation.asks == Asks.SUSPEND else dict(Answer.choices)
    return [(answer, words[answer]) for answer in Answer.values]
