"""What rooms above keep of an event: numbers that they say and nobody types, and what must
follow it when it is corrected.
"""

from collections.abc import Callable
from dataclasses import dataclass

from danchu.kernel.refusals import Refused
from danchu.subjects.room import rooms


@dataclass(frozen=True)
class Keeper:
    """`numbers(event)` are {name: value} it says of the event, none where it says nothing; `why`
    tells who types another value.

    `follow(old, new, by=…)` lets what it keeps belong to the corrected event, or to none where a
    draft is thrown away (new None).
    """

    numbers: Callable
    why: str
    follow: Callable


def refuse_kept(event, fields):
    """Refused by field where a number a room above says would be typed otherwise."""
    for keeper in _keepers():
        for name, value in keeper.numbers(event).items():
            if fields.get(name, value) != value:
                raise Refused(keeper.why, name)


def follow(old, new, by):
    for keeper in _keepers():
        keeper.follow(old, new, by=by)


def _keepers():
    return (keeper for room in rooms() for keeper in room.keepers)
