"""The life of a poll as a table: which act leads from which state to which, and what right it
needs.
"""

from django.utils.translation import gettext_lazy as _

from danchu.conference.models import Conference
from danchu.conference.rules import UNFINISHED, may_chair, may_prepare
from danchu.conference.words import PollState
from danchu.kernel.actor import Acting
from danchu.subjects.life import Life, Move, Rule

NO_RIGHT = _("Ông/bà không có quyền đưa việc ra biểu quyết ở hội nghị này.")


def may_draft(by: Acting, conference: Conference) -> bool:
    """Whether they may draft polls of the conference."""
    return may_prepare(by, conference) or may_chair(by, conference)


def may_add(by: Acting, conference: Conference) -> bool:
    """Whether they may draft a poll now: the conference is not over."""
    return conference.state in UNFINISHED and may_draft(by, conference)


_DRAFTS = Rule(lambda by, poll: may_draft(by, poll.conference))
_LEADS = Rule(lambda by, poll: may_chair(by, poll.conference))
POLL_LIFE = Life(
    Move("edit", (PollState.DRAFTED,), PollState.DRAFTED, _DRAFTS),
    Move("open", (PollState.DRAFTED,), PollState.OPEN, _LEADS),
    Move("close", (PollState.OPEN,), PollState.CLOSED, _LEADS),
    Move("declare", (PollState.CLOSED,), PollState.DECLARED, _LEADS),
    Move(
        "cancel",
        (PollState.DRAFTED, PollState.OPEN, PollState.CLOSED),
        PollState.CANCELLED,
        _LEADS,
    ),
    no_right=NO_RIGHT,
    moved_on=_(
        "Việc biểu quyết này đang ở bước khác, có thể người khác vừa làm. Hãy tải lại trang để xem."
    ),
)
ACT_WORDS = {
    "drafted": _("soạn"),
    "edited": _("sửa"),
    "opened": _("mở biểu quyết"),
    "closed": _("đóng biểu quyết"),
    "declared": _("công bố kết quả"),
    "cancelled": _("hủy biểu quyết"),
}
# States that nothing follows; the key of such a poll's urn is destroyed.
FINAL = (PollState.DECLARED, PollState.CANCELLED)
