"""The life of a promise as a table: from which state an act leads where, what right it asks for and
at whose place.

Who promised says when it was fulfilled; only who asked says whether it was. What is overdue is no
state: it is an obligation's.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    MADE = "made", _("Đang thực hiện")
    FULFILLED = "fulfilled", _("Báo đã thực hiện, chờ xác nhận")
    DISPUTED = "disputed", _("Bên hỏi: chưa đạt")
    KEPT = "kept", _("Đã giữ lời")
    WITHDRAWN = "withdrawn", _("Đã rút")


COMMITMENT, REPORT, RESULT = "commitment", "commitment_report", "commitment_result"
# Of a promise that is not fulfilled a clock runs.
RUNNING = (State.MADE, State.DISPUTED)
FINAL = (State.KEPT, State.WITHDRAWN)
STAYS = None


@dataclass(frozen=True)
class Move:
    """`act` from any of `sources` to `target` (None: the state stays), by who may `verb` things
    of `kind` at the asker's or the owner's unit.
    """

    act: str
    sources: tuple
    target: str | None
    verb: str
    kind: str
    of_asker: bool = False


_MOVES = (
    Move("fulfil", RUNNING, State.FULFILLED, "draft", REPORT),
    Move("postpone", RUNNING, STAYS, "confirm", REPORT),
    Move("confirm", (State.FULFILLED,), State.KEPT, "confirm", RESULT, of_asker=True),
    Move("dispute", (State.FULFILLED,), State.DISPUTED, "confirm", RESULT, of_asker=True),
    Move("give_secret", (*RUNNING, State.FULFILLED), STAYS, "draft", RESULT, of_asker=True),
    Move(
        "withdraw",
        (*RUNNING, State.FULFILLED),
        State.WITHDRAWN,
        "withdraw",
        COMMITMENT,
        of_asker=True,
    ),
)
MOVES = {move.act: move for move in _MOVES}
# What those who asked may do themselves, with the code and the secret and no account.
OF_CITIZEN = ("confirm", "dispute")


def unit_of(move, commitment):
    """Whose unit the right is asked at: of who asked, where a body did; else of who promised."""
    return commitment.asker.unit_id if move.of_asker and commitment.asker_id else commitment.unit_id


def may_do(act, commitment, actor):
    """Whether the actor has the right the act asks for."""
    move = MOVES[act]
    return actor.may(move.verb, move.kind, unit_of(move, commitment))


def acts_of(commitment, actor):
    """The acts that may follow now, by this actor."""
    return [
        move.act
        for move in _MOVES
        if commitment.state in move.sources and may_do(move.act, commitment, actor)
    ]
