"""How much is followed and waits, for the operator: numbers, never an address."""

from datetime import datetime
from typing import NamedTuple

from danchu.following.models import Confirmation, DailyLetter, Follower, Reading
from danchu.notices.models import Notice, State


class FollowingState(NamedTuple):
    """How many addresses follow, how many have not confirmed yet, how many letters wait, and when
    changes were last read; None for never.
    """

    followers: int
    unconfirmed: int
    letters: int
    read_at: datetime | None


def state_of_following() -> FollowingState:
    """The numbers of this moment."""
    kinds = (Confirmation.journal_kind, DailyLetter.journal_kind)
    return FollowingState(
        Follower.objects.count(),
        Confirmation.objects.valid().count(),
        Notice.objects.filter(state=State.WAITING, subject_kind__in=kinds).count(),
        Reading.objects.values_list("at", flat=True).first(),
    )
