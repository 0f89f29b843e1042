"""Promises made in the answer to a petition: the address of their form, and what is filled in
there.
"""

from danchu.casework.models import Petition
from danchu.casework.natures import Nature
from danchu.kernel.days import show_day
from danchu.minutes.models import Origin
from danchu.minutes.moves import COMMITMENT
from danchu.minutes.written_answers import Answer, new_promise_url
from danchu.notices.models import Channel
from danchu.units.names import name_of


def petition_promise_url(petition, actor):
    """The address of the form for a promise made in the answer; "" without an answer or the right,
    and for every denunciation.
    """
    may_promise = (
        petition.answer_text
        and petition.nature != Nature.DENUNCIATION
        and actor.may("draft", COMMITMENT, petition.unit_id)
    )
    return new_promise_url(Origin.PETITION, petition.uid) if may_promise else ""


def petition_answer(actor, uid):
    """The Answer to feedback or a complaint, whose sender confirms the promise with the code and
    the secret of the petition. None for a denunciation, and where the actor may not view it.
    """
    rows = Petition.objects.viewed_by(actor).exclude(nature=Nature.DENUNCIATION)
    rows = rows.exclude(answer_text="").select_related("body")
    petition = rows.filter(uid=uid).first()
    if petition is None:
        return None
    answered_on = petition.resolved_on or petition.moved_on
    return Answer(
        initial={
            "text": petition.answer_text,
            "unit": name_of(petition.unit_id, petition.resolved_on or petition.received_on),
            "owner": petition.body.kind if petition.body_id else "",
            "made_on": show_day(answered_on),
        },
        arguments={
            "origin": Origin.PETITION,
            "origin_uid": petition.uid,
            "secret": petition.secret,
            "contact": _contact(petition),
        },
    )


def _contact(petition):
    """(channel, address) of the first sender, where they asked for notices; None otherwise."""
    sender = petition.petitioners.order_by("order").first()
    if sender is None or not sender.notify_by:
        return None
    address = sender.email if sender.notify_by == Channel.EMAIL else sender.phone
    return (sender.notify_by, address) if address else None
