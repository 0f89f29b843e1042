"""Promises made in the answer to a recommendation: the address of their form, and what is filled in
there.
"""

from django.urls import reverse

from danchu.inspection.models import Recommendation
from danchu.inspection.moves import PUBLIC, State
from danchu.kernel.days import show_day
from danchu.minutes.models import Origin
from danchu.minutes.moves import COMMITMENT
from danchu.minutes.written_answers import Answer, new_promise_url
from danchu.units.names import name_of

# The states of a recommendation that has an answer.
ANSWERED = (State.ANSWERED, State.REMEDIED, State.SETTLED)


def recommendation_promise_url(recommendation, actor):
    """The address of the form for a promise in the answer; "" without an answer or the right."""
    may_promise = recommendation.state in ANSWERED and actor.may(
        "draft", COMMITMENT, recommendation.answerer.unit_id
    )
    return new_promise_url(Origin.RECOMMENDATION, recommendation.uid) if may_promise else ""


def recommendation_page(uid):
    """The address of the public page of a recommendation; "" while it was not sent."""
    is_public = Recommendation.objects.filter(uid=uid, state__in=PUBLIC).exists()
    return reverse("recommendation", args=[uid]) if is_public else ""


def recommendation_answer(actor, uid):
    """The Answer to an inspection board; None where nobody answered, or the actor may not view the
    recommendation.
    """
    rows = Recommendation.objects.visible_to(actor).filter(uid=uid, state__in=ANSWERED)
    recommendation = rows.select_related("board", "answerer").first()
    if recommendation is None:
        return None
    board = recommendation.board
    answerer = recommendation.answerer
    return Answer(
        initial={
            "title": recommendation.title,
            "text": recommendation.answer_text,
            "unit": name_of(answerer.unit_id, recommendation.answered_on),
            "owner": answerer.kind,
            "made_on": show_day(recommendation.answered_on),
            "asker": board.kind if board.unit_id == answerer.unit_id else "",
        },
        arguments={"origin": Origin.RECOMMENDATION, "origin_uid": recommendation.uid},
    )
