"""The acts on minutes and commitments."""

from danchu.minutes.actions.approval import approve_minutes, correct_minutes
from danchu.minutes.actions.confirmation import (
    confirm_commitment,
    dispute_commitment,
    give_secret,
)
from danchu.minutes.actions.following import follow_event
from danchu.minutes.actions.life import (
    fulfil_commitment,
    make_commitment,
    postpone_commitment,
    withdraw_commitment,
)
from danchu.minutes.actions.texts import (
    attach_minutes,
    discard_minutes,
    draft_minutes,
    edit_minutes,
)

__all__ = [
    "approve_minutes",
    "attach_minutes",
    "confirm_commitment",
    "correct_minutes",
    "discard_minutes",
    "dispute_commitment",
    "draft_minutes",
    "edit_minutes",
    "follow_event",
    "fulfil_commitment",
    "give_secret",
    "make_commitment",
    "postpone_commitment",
    "withdraw_commitment",
]
