"""The acts of the law: enact, correct or join rules, add a legal text, set the days of a year, keep
the register of open points.
"""

from danchu.law.actions.points import raise_point, settle_point
from danchu.law.actions.rules import (
    add_text,
    correct_rule,
    enact_earlier_rule,
    enact_rule,
    join_rules,
    set_calendar,
)

__all__ = [
    "add_text",
    "correct_rule",
    "enact_earlier_rule",
    "enact_rule",
    "join_rules",
    "raise_point",
    "set_calendar",
    "settle_point",
]
