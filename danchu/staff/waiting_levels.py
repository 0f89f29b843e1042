"""Verbs that somebody may use once their session has shown a level of identity, in words."""

from dataclasses import dataclass
from typing import Any

from danchu.people.actor import Actor
from danchu.people.levels import provider_name, raising_address
from danchu.staff.right_words import verb_words


@dataclass(frozen=True)
class WaitingVerb:
    """The `word` of a verb, the name of the `provider`, and the `address` where the level is
    shown.
    """

    word: Any
    provider: str
    address: str


def waiting_verbs(actor: Actor, then: str) -> list[WaitingVerb]:
    """The verbs that wait for a level, by name; `then` is the address to come back to."""
    words = verb_words()
    return [
        WaitingVerb(words.get(verb, verb), provider_name(), raising_address(verb, then))
        for verb in sorted(actor.verbs_waiting)
    ]
