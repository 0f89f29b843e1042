"""The life of a proposition, and the words of its kinds and of what may be chosen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.consultation.lives import RUNNING
from danchu.consultation.voices import MODERATE
from danchu.subjects.life import Life, Move


class Kind(models.TextChoices):
    QUESTION = "question", _("Câu hỏi của cơ quan")
    PROPOSITION = "proposition", _("Phát biểu của người dân")


class PropositionState(models.TextChoices):
    WAITING = "waiting", _("Chờ duyệt")
    COUNTED = "counted", _("Đang biểu quyết")
    HIDDEN = "hidden", _("Đã ẩn")


# {choice: word}, of a proposition and of a question.
CHOICE_WORDS = {1: _("Đồng ý"), -1: _("Không đồng ý"), 0: _("Bỏ qua câu này")}
QUESTION_WORDS = {**CHOICE_WORDS, 0: _("Ý kiến khác")}


def words_of(kind):
    """{choice: word} for a kind of proposition."""
    return QUESTION_WORDS if kind == Kind.QUESTION else CHOICE_WORDS


def _is_closed(row):
    is_running = row.consultation.state in RUNNING
    return "" if is_running else _("Cuộc lấy ý kiến này đã kết thúc.")


PROPOSITION_LIFE = Life(
    Move(
        "admit", (PropositionState.WAITING,), PropositionState.COUNTED, MODERATE, blocked=_is_closed
    ),
    Move(
        "hide",
        (PropositionState.WAITING, PropositionState.COUNTED),
        PropositionState.HIDDEN,
        MODERATE,
        blocked=_is_closed,
    ),
    no_right=_("Ông/bà không có quyền làm việc này với phát biểu này."),
    moved_on=_("Phát biểu này đang ở bước khác. Hãy tải lại trang để xem."),
)
