"""The lives of the records of this room as tables: which act may follow which state, by whose
right.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.decision.lives import RECOGNITION
from danchu.inspection.moves import BOARD
from danchu.kernel.days import today
from danchu.subjects.life import STAYS, Life, Move, Right
from danchu.units.maps import boundaries

# The kinds of record that rights name: the head with the election; what the Front proposes of
# heads; conventions; yearly conferences.
OFFICE = "village_office"
NOMINATION = "head_nomination"
CONVENTION = "village_convention"
CONFERENCE = "village_conference"


class ElectionState(models.TextChoices):
    PLANNED = "planned", _("Đã có kế hoạch")
    POSTED = "posted", _("Đã niêm yết, chờ ngày bầu")
    ELECTED = "elected", _("Đã bầu, chờ công nhận")
    NOT_ELECTED = "not_elected", _("Không ai đủ số hộ tán thành")
    RECOGNISED = "recognised", _("Đã công nhận")
    REFUSED = "refused", _("Không được công nhận")
    CANCELLED = "cancelled", _("Đã rút hoặc bị bãi bỏ")


ELECTIONS_PUBLIC = tuple(
    state for state in ElectionState if state not in (ElectionState.PLANNED, "cancelled")
)


def _is_meeting(election):
    """Why the votes of a meeting may not be written; "" while the meeting is under way."""
    if election.decision.state != "meeting":
        return _("Cuộc họp bầu chưa mở hoặc đã xong: mở họp, điểm danh ở trang của việc bầu.")
    return ""


def _is_balloting(election):
    """Why no ballots may be counted; "" while they are handed out."""
    if election.decision.state != "balloting":
        return _("Chưa phát phiếu bầu: phát phiếu ở trang của việc bầu.")
    return ""


_PLANNED = (ElectionState.PLANNED,)
_BEFORE = (ElectionState.PLANNED, ElectionState.POSTED)
ELECTION_LIFE = Life(
    Move("nominate", _BEFORE, STAYS, Right("draft", NOMINATION)),
    Move("send_candidates", _PLANNED, STAYS, Right("draft", NOMINATION)),
    Move("set_team", _PLANNED, STAYS, Right("draft", OFFICE)),
    Move("post", _PLANNED, ElectionState.POSTED, Right("draft", OFFICE)),
    Move("vote", (ElectionState.POSTED,), STAYS, Right("draft", OFFICE), blocked=_is_meeting),
    Move(
        "count",
        (ElectionState.POSTED,),
        STAYS,
        Right("draft", "household_count"),
        blocked=_is_balloting,
    ),
    no_right=_("Ông/bà không có quyền làm việc này với cuộc bầu này."),
    moved_on=_("Cuộc bầu này đang ở bước khác. Hãy tải lại trang để xem."),
)


class HeadState(models.TextChoices):
    SERVING = "serving", _("Đang làm nhiệm vụ")
    INTERIM = "interim", _("Lâm thời")
    ENDED = "ended", _("Đã thôi")


def head_state(head):
    """Whether the head serves today, at a village that is still there."""
    day = today()
    if head.until is not None and head.until <= day or head.unit_id not in boundaries(day):
        return HeadState.ENDED
    return HeadState.INTERIM if head.is_interim else HeadState.SERVING


_SITTING = (HeadState.SERVING, HeadState.INTERIM)
HEAD_LIFE = Life(
    Move("ask_release", (HeadState.SERVING,), STAYS, Right("draft", NOMINATION)),
    Move("decide_release", (HeadState.SERVING,), HeadState.ENDED, Right("confirm", RECOGNITION)),
    Move("vacate", _SITTING, HeadState.ENDED, Right("draft", OFFICE)),
    state=head_state,
    no_right=_("Ông/bà không có quyền làm việc này với trưởng thôn, tổ trưởng này."),
    moved_on=_("Người này đã thôi làm trưởng thôn, tổ trưởng. Hãy tải lại trang để xem."),
)


class ConventionState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    POSTED = "posted", _("Đang niêm yết lấy ý kiến")
    PUT = "put", _("Đã đưa ra các hộ")
    ADOPTED = "adopted", _("Các hộ đã thông qua")
    NOT_ADOPTED = "not_adopted", _("Các hộ không thông qua")
    IN_FORCE = "in_force", _("Có hiệu lực")
    SUSPENDED = "suspended", _("Tạm ngừng thực hiện")
    REFUSED = "refused", _("Không được công nhận")
    ANNULLED = "annulled", _("Bị bãi bỏ")
    REPLACED = "replaced", _("Đã có bản sau thay")
    WITHDRAWN = "withdrawn", _("Đã rút")


CONVENTIONS_PUBLIC = tuple(
    state for state in ConventionState if state not in ("draft", "withdrawn")
)
_REVISED = (
    ConventionState.DRAFT,
    ConventionState.POSTED,
    ConventionState.NOT_ADOPTED,
    ConventionState.REFUSED,
)
_WORKS = Right("draft", CONVENTION)
_DECIDES = Right("confirm", RECOGNITION)


def _after_revision(convention):
    """A text that was voted on or refused is drafted, and posted, anew."""
    if convention.state in (ConventionState.NOT_ADOPTED, ConventionState.REFUSED):
        return ConventionState.DRAFT
    return convention.state


def _is_forwarded(convention):
    """Why the recognised text is not sent again."""
    return _("Đã ghi ngày gửi bản đã công nhận.") if convention.sent_on else ""


def _not_flagged(convention):
    """Why the committee has nothing to decide; "" after it learned of a breach."""
    return "" if convention.flagged else _("Hãy ghi ngày cấp xã nhận được thông tin vi phạm trước.")


CONVENTION_LIFE = Life(
    Move("revise", _REVISED, _after_revision, _WORKS),
    Move("post", (ConventionState.DRAFT,), ConventionState.POSTED, _WORKS),
    Move("put", (ConventionState.POSTED,), ConventionState.PUT, _WORKS),
    Move("file", (ConventionState.ADOPTED,), STAYS, _WORKS),
    Move(
        "forward",
        (ConventionState.IN_FORCE, ConventionState.SUSPENDED),
        STAYS,
        Right("draft", OFFICE),
        blocked=_is_forwarded,
    ),
    Move(
        "flag",
        (ConventionState.IN_FORCE, ConventionState.SUSPENDED),
        STAYS,
        Right("draft", OFFICE),
    ),
    Move(
        "suspend",
        (ConventionState.IN_FORCE,),
        ConventionState.SUSPENDED,
        _DECIDES,
        blocked=_not_flagged,
    ),
    Move("resume", (ConventionState.SUSPENDED,), ConventionState.IN_FORCE, _DECIDES),
    Move(
        "annul",
        (ConventionState.IN_FORCE, ConventionState.SUSPENDED),
        ConventionState.ANNULLED,
        _DECIDES,
        blocked=_not_flagged,
    ),
    Move(
        "withdraw",
        (ConventionState.DRAFT, ConventionState.POSTED),
        ConventionState.WITHDRAWN,
        _WORKS,
    ),
    no_right=_("Ông/bà không có quyền làm việc này với hương ước, quy ước này."),
    moved_on=_("Hương ước, quy ước này đang ở bước khác. Hãy tải lại trang để xem."),
)


class ConferenceState(models.TextChoices):
    PLANNED = "planned", _("Đã có kế hoạch")
    CONVENED = "convened", _("Đã triệu tập")
    HELD = "held", _("Đã họp, chưa báo cáo")
    REPORTED = "reported", _("Đã báo cáo")
    CANCELLED = "cancelled", _("Đã hủy")


CONFERENCES_PUBLIC = (ConferenceState.CONVENED, ConferenceState.HELD, ConferenceState.REPORTED)
CONFERENCES_HELD = (ConferenceState.HELD, ConferenceState.REPORTED)
_MEETS = Right("draft", CONFERENCE)
CONFERENCE_LIFE = Life(
    Move("send_plan", (ConferenceState.PLANNED,), STAYS, _MEETS),
    Move(
        "convene",
        (ConferenceState.PLANNED, ConferenceState.CONVENED),
        ConferenceState.CONVENED,
        _MEETS,
    ),
    Move("hold", (ConferenceState.CONVENED,), ConferenceState.HELD, _MEETS),
    Move("minute", (ConferenceState.HELD,), STAYS, _MEETS),
    Move("elect", CONFERENCES_HELD, STAYS, Right("draft", BOARD)),
    Move("report", (ConferenceState.HELD,), ConferenceState.REPORTED, _MEETS),
    Move(
        "cancel",
        (ConferenceState.PLANNED, ConferenceState.CONVENED),
        ConferenceState.CANCELLED,
        _MEETS,
    ),
    no_right=_("Ông/bà không có quyền làm việc này với hội nghị này."),
    moved_on=_("Hội nghị này đang ở bước khác. Hãy tải lại trang để xem."),
)
