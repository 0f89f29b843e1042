"""Votes counted while a poll runs: how many have voted, and the choices where they may already be
known.

Choices are known before the result only of an opinion poll that is not secret. Of a binding one
they would sway who has not voted yet; of a secret one the numbers, told again and again, would say
in which order its votes came.
"""

from collections import Counter

from django.db.models import Count

from danchu.conference.models import RollEntry, RoomCount, Vote
from danchu.conference.words import Franchise, PollKind, Secrecy


def running_count(poll):
    """{"cast": votes and hands, "roll": how many may vote (None: the hall), "counts": by option
    or None while they are not known}
    """
    hands = room_counts(poll)
    counts = choices(poll) if is_live(poll) else None
    cast = (
        sum(counts.values()) if counts is not None else Vote.objects.filter(poll=poll).count()
    ) + sum(hands)
    return {
        "cast": cast,
        "roll": _roll(poll),
        "counts": [counts[place] + hands[place] for place in range(len(poll.options))]
        if counts is not None
        else None,
    }


def is_live(poll):
    """Whether the numbers are shown while votes come in."""
    return poll.kind == PollKind.OPINION and poll.secrecy == Secrecy.NAMED


def _roll(poll):
    if not poll.on_roll or poll.franchise != Franchise.DELEGATES:
        return None
    return poll.basis["roll"] if poll.basis else RollEntry.objects.filter(poll=poll).count()


def choices(poll):
    """Counter of the choices of single delegates, of a poll that is not secret."""
    return Counter(
        dict(
            Vote.objects.filter(poll=poll).values_list("choice").annotate(number=Count("voter_id"))
        )
    )


def room_counts(poll):
    """Hands by option, all rooms together."""
    hands = [0] * len(poll.options)
    for counts in RoomCount.objects.filter(poll=poll).values_list("counts", flat=True):
        hands = [had + more for had, more in zip(hands, counts, strict=True)]
    return hands
