"""Keys of urns that outlived their poll, because a process died between the result and the
destruction: destroyed at every start.
"""

from django.db import transaction

from danchu.conference.models import Poll
from danchu.conference.polling import FINAL
from danchu.conference.votes.urn import destroy_urn, urns
from danchu.conference.words import PollState, Secrecy


def sweep_urns():
    """Destroy the keys of polls that were declared or cancelled, or never opened; how many.

    The poll is held meanwhile: one that is just being opened has its key before its row says so.
    """
    swept = 0
    for uid in urns():
        with transaction.atomic():
            poll = Poll.objects.select_for_update().filter(uid=uid).first()
            if poll is not None and poll.state in (*FINAL, PollState.DRAFTED):
                destroy_urn(uid)
                swept += 1
    return swept


def left_over():
    """The uids of keys whose poll was declared or cancelled."""
    return [
        str(uid)
        for uid in Poll.objects.filter(uid__in=urns(), state__in=FINAL)
        .order_by("pk")
        .values_list("uid", flat=True)
    ]


def without_urn():
    """The running secret polls whose key is not on this machine: nobody can open them."""
    running = Poll.objects.filter(
        secrecy=Secrecy.SECRET, state__in=[PollState.OPEN, PollState.CLOSED]
    )
    return [poll for poll in running.order_by("pk") if str(poll.uid) not in urns()]
