"""The life of a recommendation as a table: from which state an act leads where, and what right it
asks for.

A recommendation goes out only when the Front has confirmed it (article 40 of the Law); the People's
Committee answers within the time the law of the day gives; the board says whether the remedy is
real.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


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


# How an answer to a proposal to suspend reads.
SUSPENSION_WORDS = {
    Answer.FULL: _("Đình chỉ"),
    Answer.PART: _("Đình chỉ một phần"),
    Answer.REFUSED: _("Không đình chỉ"),
}


@dataclass(frozen=True)
class Move:
    """`act` from any of `sources` to `target`, by whoever may `verb` things of `kind` at the
    unit of the board or of who answers.
    """

    act: str
    sources: tuple
    target: str
    verb: str
    kind: str
    of_answerer: bool = False


RECOMMENDATION, SENDING, ANSWER, REMEDY = (
    "recommendation",
    "recommendation_sending",
    "recommendation_answer",
    "recommendation_remedy",
)
_MOVES = (
    Move("edit", (State.DRAFTED,), State.DRAFTED, "draft", RECOMMENDATION),
    Move("confirm", (State.DRAFTED,), State.CONFIRMED, "confirm", RECOMMENDATION),
    Move("return", (State.CONFIRMED,), State.DRAFTED, "confirm", RECOMMENDATION),
    Move("send", (State.CONFIRMED,), State.SENT, "draft", SENDING),
    Move("answer", (State.SENT,), State.ANSWERED, "draft", ANSWER, of_answerer=True),
    Move("reject", (State.SENT,), State.REJECTED, "draft", ANSWER, of_answerer=True),
    Move("report_remedy", (State.ANSWERED,), State.REMEDIED, "draft", ANSWER, of_answerer=True),
    Move("dispute_remedy", (State.REMEDIED,), State.ANSWERED, "confirm", REMEDY),
    Move("settle", (State.REMEDIED,), State.SETTLED, "confirm", REMEDY),
    Move("withdraw", (State.DRAFTED, State.CONFIRMED), State.WITHDRAWN, "withdraw", RECOMMENDATION),
)
MOVES = {move.act: move for move in _MOVES}
FINAL = (State.SETTLED, State.REJECTED, State.WITHDRAWN)
# What the public reads: once it was sent.
PUBLIC = (State.SENT, State.ANSWERED, State.REJECTED, State.REMEDIED, State.SETTLED)


def answer_choices(recommendation):
    """How it may be answered, in words: what asks for suspension is answered with one."""
    words = SUSPENSION_WORDS if recommendation.asks == Asks.SUSPEND else dict(Answer.choices)
    return [(answer, words[answer]) for answer in Answer.values]


def unit_of(move, recommendation):
    """Whose unit the right is asked at."""
    return recommendation.answerer.unit_id if move.of_answerer else recommendation.unit_id


def may_do(act, recommendation, actor):
    """Whether the actor has the right the act asks for."""
    move = MOVES[act]
    return actor.may(move.verb, move.kind, unit_of(move, recommendation))


def acts_of(recommendation, actor):
    """The acts that may follow now, by this actor."""
    return [
        move.act
        for move in _MOVES
        if recommendation.state in move.sources and may_do(move.act, recommendation, actor)
    ]
