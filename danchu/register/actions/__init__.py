"""The acts on events, statements and their attachments; nothing else writes to the register."""

from danchu.register.actions.attachments import attach_paper, detach_paper
from danchu.register.actions.events import (
    confirm_event,
    correct_event,
    discard_draft,
    draft_event,
    edit_draft,
    withdraw_event,
)
from danchu.register.actions.statements import (
    confirm_statement,
    correct_statement,
    discard_statement,
    draft_statement,
    edit_statement,
    withdraw_statement,
)

__all__ = [
    "attach_paper",
    "confirm_event",
    "confirm_statement",
    "correct_event",
    "correct_statement",
    "detach_paper",
    "discard_draft",
    "discard_statement",
    "draft_event",
    "draft_statement",
    "edit_draft",
    "edit_statement",
    "withdraw_event",
    "withdraw_statement",
]
