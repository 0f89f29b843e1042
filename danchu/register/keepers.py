"""What rooms above keep of an event: numbers that they compute, so that nobody types them, and
records that must follow when the event is corrected.
"""

from collections.abc import Callable
from dataclasses import dataclass

from danchu.kernel.refusals import Refused
from danchu.subjects.room import rooms


@dataclass(frozen=True)
class Keeper:
    """`numbers(event)` returns the computed {name: value} of an event, {} for none; `reason` is the
    refusal of another value.

    `follow(old, new, by=…)` moves what the room keeps to the corrected event; `new` is None where a
    draft was discarded. `leave(event, by=…, reason=…)` takes along what the room keeps of an event
    that is withdrawn, or is Refused while it stands.
    """

    numbers: Callable
    reason: str
    follow: Callable
    leave: Callable | None = None


def refuse_kept(event, fields):
    """Refused, by field, where a typed number differs from the one that a room above computes."""
    for keeper in _keepers():
        for name, value in keeper.numbers(event).items():
            if fields.get(name, value) != value:
                raise Refused(keeper.reason, name)


def follow(old, new, by):
    """Let every keeper move what it keeps from the event `old` to `new` (None: discarded)."""
    for keeper in _keepers():
        keeper.follow(old, new, by=by)


def leave(event, by, reason):
    """Let every keeper take along what it keeps of an event that is withdrawn."""
    for keeper in _keepers():
        if keeper.leave:
            keeper.leave(event, by=by, reason=reason)


def _keepers():
    return (keeper for room in rooms() for keeper in room.keepers)
