"""Rooms above that lead a matter to its vote, as the election of a village head does: they are told
of each step of it in the same transaction, and may refuse it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """What happens to a matter: its roll is about to be frozen; the result of a vote is about to
    be written; it is sent to the commune; the commune recognised, refused or annulled it; it was
    withdrawn.
    """

    FREEZING = "freezing"
    SETTLING = "settling"
    SENDING = "sending"
    RECOGNISED = "recognised"
    REFUSED = "refused"
    ANNULLED = "annulled"
    WITHDRAWN = "withdrawn"


# Called with (decision, vote or None, who acts).
Listener = Callable[[Any, Any, Any], None]
_listeners: dict[Step, list[Listener]] = defaultdict(list)


# Called with a matter: {rule of every matter: the rule of its own that a special text has for it}.
OwnRules = Callable[[Any], Mapping[str, str]]
_own_rules: list[OwnRules] = []


def judge_by(own_rules: OwnRules) -> None:
    """Have matters judged by the rules of the room that leads them; once when an application is
    ready.
    """
    if own_rules not in _own_rules:
        _own_rules.append(own_rules)


def own_rule(decision: Any, key: str) -> str:
    """The key of the rule that a special text has for the matter in place of `key`; `key` itself
    where there is none.
    """
    rules_of_rooms = (own_rules(decision) for own_rules in _own_rules)
    return next((rules[key] for rules in rules_of_rooms if key in rules), key)


# Called with a matter: (words of the link, address) of the page at the desk of the record that
# leads it; None where its room leads none.
Page = tuple[Any, str]
_pages: list[Callable[[Any], Page | None]] = []


def lead_from(page_of: Callable[[Any], Page | None]) -> None:
    """Have the page of a matter lead to the record behind it; once when an application is ready."""
    if page_of not in _pages:
        _pages.append(page_of)


def leading_page(decision: Any) -> Page | None:
    """The page of the record that leads the matter; None where there is none."""
    return next((page for page_of in _pages if (page := page_of(decision))), None)


def listen_to(step: Step, listener: Listener) -> None:
    """Have the listener called at the step of every matter; once when an application is ready."""
    if listener not in _listeners[step]:
        _listeners[step].append(listener)


def tell_leaders(step: Step, decision: Any, vote: Any, by: Any) -> None:
    """Tell the rooms above; Refused where one of them does."""
    for listener in _listeners[step]:
        listener(decision, vote, by)
