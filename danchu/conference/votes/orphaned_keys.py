"""Keys of urns that outlived their poll, because a process died between the result and their
destruction. They are destroyed at every start.
"""

from django.db import transaction

from danchu.conference.models import Poll
from danchu.conference.poll_life import FINAL
from danchu.conference.words import PollState, Secrecy
from danchu.vault.urn import destroy_urn, urns


def destroy_orphaned_keys():
    """Destroy the keys of polls that were declared or cancelled, or never opened. Returns how many.

    The poll's row is locked meanwhile: a poll that is being opened has its key before its state is
    committed.
    """
    number = 0
    for uid in urns():
        with transaction.atomic():
            poll = Poll.objects.select_for_update().filter(uid=uid).first()
            if poll is not None and poll.state in (*FINAL, PollState.DRAFTED):
                destroy_urn(uid)
                number += 1
    return number


def orphaned_keys():
    """The uids of polls that were declared or cancelled and whose key still exists."""
    return [
        str(uid)
        for uid in Poll.objects.filter(uid__in=urns(), state__in=FINAL)
        .order_by("pk")
        .values_list("uid", flat=True)
    ]


def polls_without_key():
    """The running secret polls whose key is not on this machine: nobody can open their votes."""
    running = Poll.objects.filter(
        secrecy=Secrecy.SECRET, state__in=[PollState.OPEN, PollState.CLOSED]
    )
    return [poll for poll in running.order_by("pk") if str(poll.uid) not in urns()]
