"""Life cycles beside the steps of a petition (moves.py): other acts on its file, lines of the
register of receptions, reception days, bookings.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.casework.models.bookings import BookingState
from danchu.casework.models.reception import DayState
from danchu.casework.moves import (
    DRAFT,
    NO_RIGHT,
    PETITION_LIFE,
    RUNNING,
    UNSORTED,
    State,
)
from danchu.casework.natures import Nature
from danchu.casework.rules.refusals import reasons
from danchu.kernel.days import today
from danchu.subjects.life import STAYS, Life, Move, Right, Rule

BOOK = "reception_book"


def _may_claim(actor, petition):
    """Only an actor with an account may claim a petition."""
    return actor.account_id is not None and DRAFT.allows(actor, petition)


def _is_denunciation(petition):
    if petition.nature != Nature.DENUNCIATION:
        return ""
    return _(
        "Người tố cáo được niêm phong khi nhận đơn. Người khác cùng tố cáo thì ghi thành đơn mới."
    )


def _denounces_already(petition):
    return _NOT_TURNED if petition.nature == Nature.DENUNCIATION else ""


def _is_no_feedback(petition):
    if petition.nature == Nature.FEEDBACK:
        return ""
    return _("Chỉ kiến nghị, phản ánh được đưa lên danh sách công khai.")


_NOT_TURNED = _("Chỉ chuyển thành tố cáo khi đơn chưa thụ lý và chưa phải tố cáo.")
_ONLY_FEEDBACK = _("Chỉ kiến nghị, phản ánh chưa thụ lý được nhận giải quyết bằng một bước.")


def _is_not_taken_in(petition):
    return "" if petition.nature == Nature.FEEDBACK else _ONLY_FEEDBACK


# Acts on the file of a petition that are no step of the law.
FILE_LIFE = Life(
    # Two steps of the law at once: classified as eligible and in our competence, then accepted.
    Move(
        "take_in",
        UNSORTED,
        State.ACCEPTED,
        DRAFT,
        blocked=_is_not_taken_in,
        moved_on=_ONLY_FEEDBACK,
    ),
    Move("hand_over", (State.CLASSIFIED,), State.FORWARDED, DRAFT),
    Move("split", UNSORTED, STAYS, DRAFT, moved_on=_("Chỉ tách đơn trước khi thụ lý.")),
    Move("turn", UNSORTED, State.RECEIVED, DRAFT, blocked=_denounces_already, moved_on=_NOT_TURNED),
    Move(
        "signers",
        RUNNING,
        STAYS,
        DRAFT,
        blocked=_is_denunciation,
        moved_on=_("Đơn này đã kết thúc, không thêm người ký."),
    ),
    Move("show", tuple(State), STAYS, DRAFT, blocked=_is_no_feedback),
    Move(
        "claim",
        RUNNING,
        STAYS,
        Rule(_may_claim),
        moved_on=_("Đơn này đã kết thúc, không cần nhận xử lý."),
    ),
    Move("release", tuple(State), STAYS, Rule(_may_claim)),
    no_right=NO_RIGHT,
)
# All acts on a petition, for the page that offers them.
CASE_LIFE = Life(
    *PETITION_LIFE.moves,
    *FILE_LIFE.moves,
    variant=PETITION_LIFE.variant,
    no_right=NO_RIGHT,
)


class VisitState(models.TextChoices):
    RECEIVED = "received", _("Được tiếp")
    ANSWERED = "answered", _("Đã trả lời")
    REFUSED = "refused", _("Bị từ chối tiếp")
    NOTICED = "noticed", _("Đã có thông báo từ chối")


def visit_state(visit):
    """The state of a line of the register, derived from its days."""
    if visit.answered_on is not None:
        return VisitState.ANSWERED
    if visit.noticed_on is not None:
        return VisitState.NOTICED
    return VisitState.REFUSED if visit.refused_for else VisitState.RECEIVED


def needs_notice(visit):
    """Whether the law requires a written notice of this refused reception."""
    ground = reasons().get(visit.refused_for)
    return ground is not None and ground.needs_notice


def _is_sealed(visit):
    return _("Lượt tiếp này đã được niêm phong.") if visit.sealed_id is not None else ""


def _is_explained(visit):
    return "" if needs_notice(visit) else _NO_NOTICE


def _is_not_answered(visit):
    """Why no answer is due: the refusal of the act."""
    if visit is not None and visit.answered_on is not None:
        return _("Lượt tiếp này đã được trả lời.")
    return _("Lượt này bị từ chối tiếp: không có câu trả lời nào đang hẹn.")


def _is_not_noticed(visit):
    """Why no notice is due: the refusal of the act."""
    if visit is not None and visit.noticed_on is not None:
        return _("Thông báo từ chối đã được ban hành.")
    return _NO_NOTICE


_NO_NOTICE = _("Lượt này không cần thông báo từ chối bằng văn bản.")
_WRITES = Right("draft", BOOK)
VISIT_LIFE = Life(
    Move(
        "answer",
        (VisitState.RECEIVED,),
        VisitState.ANSWERED,
        _WRITES,
        moved_on=_is_not_answered,
    ),
    Move("seal", tuple(VisitState), STAYS, _WRITES, blocked=_is_sealed),
    Move(
        "issue",
        (VisitState.REFUSED,),
        VisitState.NOTICED,
        Right("confirm", BOOK),
        blocked=_is_explained,
        moved_on=_is_not_noticed,
    ),
    state=visit_state,
    no_right=NO_RIGHT,
)


def _is_to_come(day):
    return _("Ngày tiếp công dân chưa đến.") if day.on > today() else ""


def _is_past(day):
    return (
        _("Ngày tiếp công dân đã qua: hãy ghi đã tiếp hay không tiếp.") if day.on < today() else ""
    )


# A day may be corrected: one written down as missed was held after all. That it will not be held is
# said beforehand, so that nobody comes in vain.
RECEPTION_DAY_LIFE = Life(
    Move("hold", tuple(DayState), DayState.HELD, _WRITES, blocked=_is_to_come),
    Move("miss", tuple(DayState), DayState.MISSED, _WRITES),
    Move("change", (DayState.PLANNED,), STAYS, _WRITES, blocked=_is_past),
    no_right=NO_RIGHT,
    no_key=True,
)


def _has_no_reception_yet(booking):
    return _("Ngày tiếp công dân chưa đến.") if booking.on > today() else ""


def _cannot_be_noted(booking):
    if booking.visit_id is not None:
        return _("Lượt tiếp của người này đã có trong sổ.")
    return _has_no_reception_yet(booking)


def _is_over(booking):
    return (
        _("Ngày tiếp này đã qua: lịch hẹn không đổi, không hủy nữa.")
        if booking.on < today()
        else ""
    )


_BOOKED, _CAME, _ABSENT = BookingState.BOOKED, BookingState.CAME, BookingState.ABSENT
# Who came may be corrected until the visit is in the register. Whoever booked changes and cancels
# with the secret of the booking instead of the right.
BOOKING_LIFE = Life(
    Move("receive", (_BOOKED, _CAME, _ABSENT), _CAME, _WRITES, blocked=_cannot_be_noted),
    Move("come", (_BOOKED, _ABSENT), _CAME, _WRITES, blocked=_cannot_be_noted),
    Move("stay_away", (_BOOKED, _CAME), _ABSENT, _WRITES, blocked=_cannot_be_noted),
    Move("change", (_BOOKED,), STAYS, _WRITES, blocked=_is_over),
    Move("cancel", (_BOOKED,), BookingState.CANCELLED, _WRITES, blocked=_is_over),
    no_right=NO_RIGHT,
    moved_on=_("Lịch hẹn này đã hủy hoặc đã được ghi. Hãy tải lại trang để xem."),
)
