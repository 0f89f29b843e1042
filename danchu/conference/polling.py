"""The life of a poll as a table: from which state an act leads where, and what right it asks for."""

from dataclasses import dataclass

from danchu.conference.models.programme import HALL
from danchu.conference.words import PollState


@dataclass(frozen=True)
class Move:
    """`act` from any of `sources` to `target`."""

    act: str
    sources: tuple
    target: str


_MOVES = (
    Move("edit", (PollState.DRAFTED,), PollState.DRAFTED),
    Move("open", (PollState.DRAFTED,), PollState.OPEN),
    Move("close", (PollState.OPEN,), PollState.CLOSED),
    Move("declare", (PollState.CLOSED,), PollState.DECLARED),
    Move("cancel", (PollState.DRAFTED, PollState.OPEN, PollState.CLOSED), PollState.CANCELLED),
)
MOVES = {move.act: move for move in _MOVES}
# Where nothing more happens; the urn of such a poll has no key any more.
FINAL = (PollState.DECLARED, PollState.CANCELLED)


def may_run(by, conference):
    """Whether he may put questions to the vote in this conference."""
    return by.may("draft", HALL, conference.unit_id)


def acts_of(poll, by):
    """The acts that may follow now, by this actor."""
    return [move.act for move in _MOVES if poll.state in move.sources] if may_run(by, poll.conference) else []
