"""Where a room tells of itself, and where every surface reads what rooms have told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from danchu.subjects.sections import Section


@dataclass(frozen=True)
class Entry:
    """A link of the desk's navigation: the name of an address, its word, and the kind of record
    that one must have the right to view (empty: everybody at the desk).
    """

    address: str
    word: Any
    kind: str = ""


@dataclass(frozen=True)
class Room:
    """`words` are {kind of subject: {verb of the journal: word}}."""

    name: str
    sections: tuple[Section, ...] = ()
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


_rooms: dict[str, Room] = {}


def declare(room: Room) -> None:
    """Make a room known; called once, when its application is ready."""
    _rooms[room.name] = room


def forget(name: str) -> None:
    """Take a room back; for tests that declare one."""
    _rooms.pop(name, None)


def rooms() -> Iterator[Room]:
    """Every room that told of itself, in the order of the applications."""
    yield from _rooms.values()


def sections() -> Iterator[Section]:
    for room in rooms():
        yield from room.sections


def word_of(kind: str, verb: str) -> Any:
    """How the journal's verb reads for a kind of subject; None when no room says."""
    for room in rooms():
        word = room.words.get(kind, {}).get(verb)
        if word is not None:
            return word
    return None
