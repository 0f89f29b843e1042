"""Written answers of other rooms from which a promise may be written down: what of them stands
in its form, and who confirms it.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from danchu.casework.models import Petition
from danchu.casework.natures import Nature
from danchu.inspection.models import Recommendation
from danchu.kernel.days import show_day
from danchu.minutes.models import Origin
from danchu.minutes.moves import COMMITMENT
from danchu.notices.models import Channel
from danchu.units.names import name_of

ANSWERED = ("answered", "remedied", "settled")


@dataclass(frozen=True)
class Answer:
    """`initial` is what the form begins with; `given` what the act takes beside it; `url` leads
    back to where the answer stands.
    """

    initial: dict
    given: dict
    url: str


def answer_of(actor, origin, text):
    """The Answer of an address; None where it names none, 404 where the reader may not see it
    or it was not answered.
    """
    if not origin:
        return None
    try:
        uid = UUID(text)
    except ValueError:
        raise Http404 from None
    if origin == Origin.PETITION:
        return _of_petition(actor, uid)
    if origin == Origin.RECOMMENDATION:
        return _of_recommendation(actor, uid)
    raise Http404


def petition_promise_url(it, actor):
    """Where a promise of the answer is written down; "" where there is none, or no right. Never
    from a denunciation.
    """
    able = (
        it.answer_text
        and it.nature != Nature.DENUNCIATION
        and actor.may("draft", COMMITMENT, it.unit_id)
    )
    return _url(Origin.PETITION, it) if able else ""


def recommendation_promise_url(it, actor):
    """Where a promise of the answer is written down; "" where there is none, or no right."""
    return (
        _url(Origin.RECOMMENDATION, it)
        if it.state in ANSWERED and actor.may("draft", COMMITMENT, it.answerer.unit_id)
        else ""
    )


def _url(origin, it):
    return f"{reverse('desk_new_commitment')}?from={origin}&of={it.uid}"


def _of_petition(actor, uid):
    """An answer to feedback or a complaint; its sender confirms with the code and the secret he
    has. Never of a denunciation.
    """
    rows = (
        Petition.objects.viewed_by(actor)
        .exclude(nature=Nature.DENUNCIATION)
        .exclude(answer_text="")
        .select_related("body")
    )
    it = rows.filter(uid=uid).first()
    if it is None:
        raise Http404
    person = it.petitioners.order_by("order").first()
    target = (
        ""
        if person is None or not person.notify_by
        else person.email
        if person.notify_by == Channel.EMAIL
        else person.phone
    )
    initial = {
        "text": it.answer_text,
        "unit": name_of(it.unit_id, it.resolved_on or it.received_on),
        "owner": it.body.kind if it.body_id else "",
        "made_on": show_day(it.resolved_on or it.moved_on),
    }
    given = {
        "origin": Origin.PETITION,
        "origin_uid": it.uid,
        "secret": it.secret,
        "contact": (person.notify_by, target) if target else None,
    }
    return Answer(initial, given, reverse("desk_petition", args=[it.uid]))


def _of_recommendation(actor, uid):
    """An answer to an inspection board: the board asked."""
    it = (
        Recommendation.objects.visible_to(actor)
        .filter(uid=uid, state__in=ANSWERED)
        .select_related("board", "answerer")
        .first()
    )
    if it is None:
        raise Http404
    initial = {
        "title": it.title,
        "text": it.answer_text,
        "unit": name_of(it.answerer.unit_id, it.answered_on),
        "owner": it.answerer.kind,
        "made_on": show_day(it.answered_on),
        "asker": it.board.kind if it.board.unit_id == it.answerer.unit_id else "",
    }
    return Answer(
        initial,
        {"origin": Origin.RECOMMENDATION, "origin_uid": it.uid},
        reverse("desk_recommendation", args=[it.uid]),
    )
