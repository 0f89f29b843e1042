"""The acts on obligations and on the table of escalations."""

from danchu.obligations.actions.escalations import (
    add_escalation,
    change_escalation,
    remove_escalation,
)
from danchu.obligations.actions.owing import (
    excuse_obligation,
    hand_over_obligations,
    meet_obligation,
    owe,
    tell_overdue,
)
from danchu.obligations.actions.recount import change_law, recount_obligations
from danchu.obligations.actions.revising import revise_closed, revise_misjudged

__all__ = [
    "add_escalation",
    "change_escalation",
    "change_law",
    "excuse_obligation",
    "hand_over_obligations",
    "meet_obligation",
    "owe",
    "recount_obligations",
    "remove_escalation",
    "revise_closed",
    "revise_misjudged",
    "tell_overdue",
]
