"""Acts of a conference, one module a subject; those of polls are also found here."""

from danchu.conference.actions.polls import (
    cancel_poll,
    close_poll,
    declare_poll,
    draft_poll,
    edit_poll,
    open_poll,
)

__all__ = [
    "cancel_poll",
    "close_poll",
    "declare_poll",
    "draft_poll",
    "edit_poll",
    "open_poll",
]
