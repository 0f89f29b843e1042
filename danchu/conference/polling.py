"""The life of a poll as a table: from which state an act leads where, and what right it asks
for.
"""

from django.utils.translation import gettext_lazy as _

from danchu.conference.rules import LIVING, may_chair, may_prepare
from danchu.conference.words import PollState
from danchu.subjects.life import Life, Move, Rule

NO_RIGHT = _("Ông/bà không có quyền đưa việc ra biểu quyết ở hội nghị này.")


def may_draft(by, conference):
    """Whether they may write down what is to be put to the vote."""
    return may_prepare(by, conference) or may_chair(by, conference)


def may_add(by, conference):
    """Whether they may add a poll now: to a conference that is not over."""
    return conference.state in LIVING and may_draft(by, conference)


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
# Where nothing more happens; the urn of such a poll has no key any more.
FINAL = (PollState.DECLARED, PollState.CANCELLED)
