"""Votes counted while a poll is open: how many have voted, and the choices where they may be shown.

Choices are shown before the result only for an opinion poll that is not secret. In a binding poll
they would influence who has not voted yet; in a secret one, repeated counts would reveal the order
of the votes.
"""

from collections import Counter

from django.db.models import Count

from danchu.conference.models import RollEntry, RoomCount, Vote
from danchu.conference.words import Franchise, PollKind, Secrecy


def running_count(poll):
    """{"cast": votes and hands, "roll": how many may vote (None: whoever is in the hall), "counts":
    by option, or None while they are hidden}.
    """
    hands = room_counts(poll)
    counts = count_choices(poll) if shows_counts(poll) else None
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


def shows_counts(poll):
    """Whether the counts are shown while votes come in."""
    return poll.kind == PollKind.OPINION and poll.secrecy == Secrecy.NAMED


def _roll(poll):
    if not poll.on_roll or poll.franchise != Franchise.DELEGATES:
        return None
    return poll.basis["roll"] if poll.basis else RollEntry.objects.filter(poll=poll).count()


def count_choices(poll):
    """Counter of the choices made on devices, of a poll that is not secret."""
    return Counter(
        dict(
            Vote.objects.filter(poll=poll).values_list("choice").annotate(number=Count("voter_id"))
        )
    )


def room_counts(poll):
    """Hands by option, all rooms together."""
    hands = [0] * len(poll.options)
    for counts in RoomCount.objects.filter(poll=poll).values_list("counts", flat=True):
        hands = [total + number for total, number in zip(hands, counts, strict=True)]
    return hands
