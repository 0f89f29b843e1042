"""The life of a poll as a table: from which state an act leads where, and what right it asks
for.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from danchu.conference.rules import may_chair, may_prepare
from danchu.conference.words import PollState


@dataclass(frozen=True)
class Move:
    """`act` from any of `sources` to `target`, by who leads the conference or, `prepared`, by
    who prepares it too.
    """

    act: str
    sources: tuple
    target: str
    prepared: bool = False


_MOVES = (
    Move("edit", (PollState.DRAFTED,), PollState.DRAFTED, prepared=True),
    Move("open", (PollState.DRAFTED,), PollState.OPEN),
    Move("close", (PollState.OPEN,), PollState.CLOSED),
    Move("declare", (PollState.CLOSED,), PollState.DECLARED),
    Move("cancel", (PollState.DRAFTED, PollState.OPEN, PollState.CLOSED), PollState.CANCELLED),
)
MOVES = {move.act: move for move in _MOVES}
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


def may_draft(by, conference):
    """Whether he may write down what is to be put to the vote."""
    return may_prepare(by, conference) or may_chair(by, conference)


def may_do(act, by, conference):
    """Whether he has the right that the act asks for."""
    return may_draft(by, conference) if MOVES[act].prepared else may_chair(by, conference)


def acts_of(poll, by):
    """The acts that may follow now, by this actor."""
    return [
        move.act
        for move in _MOVES
        if poll.state in move.sources and may_do(move.act, by, poll.conference)
    ]
