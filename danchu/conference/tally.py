"""Votes counted while a poll runs: how many have voted, and the choices where they may already be known."""

from collections import Counter

from django.db.models import Count

from danchu.conference.models import RollEntry, RoomCount, Vote
from danchu.conference.urn import UrnLost, unseal
from danchu.conference.words import PollKind, PollState, Secrecy


def counted(poll):
    """{"cast": votes and hands, "roll": how many may vote (None: the hall), "counts": by option or None while they are secret}

    Of a binding secret vote nothing but the turnout is known before it is declared.
    """
    counts = choices(poll) if _is_known(poll) else None
    hands = room_counts(poll)
    cast = Vote.objects.filter(poll=poll).count() + sum(hands)
    return {
        "cast": cast, "roll": RollEntry.objects.filter(poll=poll).count() if poll.on_roll else None,
        "counts": [counts[place] + hands[place] for place in range(len(poll.options))] if counts is not None else None,
    }  # fmt: skip


def _is_known(poll):
    return not (poll.secrecy == Secrecy.SECRET and (poll.kind == PollKind.BINDING or poll.state != PollState.OPEN))


def choices(poll):
    """Counter of the choices of single delegates."""
    votes = Vote.objects.filter(poll=poll)
    if poll.secrecy == Secrecy.NAMED:
        return Counter(dict(votes.values_list("choice").annotate(number=Count("voter_id"))))
    try:
        return Counter(unseal(poll.uid, poll.pk, voter, sealed)[0] for voter, sealed in votes.values_list("voter_id", "sealed"))
    except UrnLost:
        return Counter()


def room_counts(poll):
    """Hands by option, all rooms together."""
    hands = [0] * len(poll.options)
    for counts in RoomCount.objects.filter(poll=poll).values_list("counts", flat=True):
        hands = [had + more for had, more in zip(hands, counts, strict=True)]
    return hands
