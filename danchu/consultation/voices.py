"""The life of an opinion as a table, and the words of how it came, what it says, how it was
answered.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.consultation.lives import CONSULTATION, RUNNING
from danchu.consultation.lives import State as CourseState
from danchu.subjects.life import STAYS, Life, Move, Right

# The kind of record that rights name: whoever may write down what people said.
OPINION = "consultation_opinion"
# The prefix of the code by which an opinion that was sent without an account is followed.
CODE = "YK"


class Way(models.TextChoices):
    PORTAL = "portal", _("Cổng thông tin")
    PAPER = "paper", _("Phiếu, thư")
    FRONT = "front", _("Ban công tác Mặt trận ghi hộ")
    PHONE = "phone", _("Điện thoại")
    MEETING = "meeting", _("Phát biểu tại cuộc họp")
    LETTER_BOX = "letter_box", _("Hòm thư góp ý")


# What is entered at the desk; what comes through the portal is sent by whoever says it.
AT_DESK = tuple(choice for choice in Way.choices if choice[0] != Way.PORTAL)


class Stance(models.TextChoices):
    AGREE = "agree", _("Đồng ý")
    DISAGREE = "disagree", _("Không đồng ý")
    OTHER = "other", _("Ý kiến khác")


class Result(models.TextChoices):
    ACCEPTED = "accepted", _("Tiếp thu")
    PARTLY = "partly", _("Tiếp thu một phần")
    DECLINED = "declined", _("Không tiếp thu")


class OpinionState(models.TextChoices):
    WAITING = "waiting", _("Chờ duyệt")
    COUNTED = "counted", _("Được tính")
    HIDDEN = "hidden", _("Đã ẩn")


def _is_fixed(row):
    """What was summed up and signed does not change."""
    if row.consultation.state in (*RUNNING, CourseState.CLOSED):
        return ""
    return _("Tổng hợp đã ký: ý kiến không đổi nữa.")


MODERATE = Right("draft", CONSULTATION)
OPINION_LIFE = Life(
    Move("admit", (OpinionState.WAITING,), OpinionState.COUNTED, MODERATE, blocked=_is_fixed),
    Move(
        "hide",
        (OpinionState.WAITING, OpinionState.COUNTED),
        OpinionState.HIDDEN,
        MODERATE,
        blocked=_is_fixed,
    ),
    Move("restore", (OpinionState.HIDDEN,), OpinionState.COUNTED, MODERATE, blocked=_is_fixed),
    Move("answer", (OpinionState.COUNTED,), STAYS, MODERATE, blocked=_is_fixed),
    no_right=_("Ông/bà không có quyền làm việc này với ý kiến này."),
    moved_on=_("Ý kiến này đang ở bước khác. Hãy tải lại trang để xem."),
)
