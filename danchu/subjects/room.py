"""Where a room tells of itself, and where every surface reads what rooms have told."""

from collections.abc import Iterator
from dataclasses import dataclass

from danchu.subjects.sections import Section


@dataclass(frozen=True)
class Room:
    """What one room says of itself: the subjects that it has."""

    name: str
    sections: tuple[Section, ...] = ()


_rooms: dict[str, Room] = {}


def declare(room: Room) -> None:
    """Make a room known; called once, when its application is ready."""
    _rooms[room.name] = room


def rooms() -> Iterator[Room]:
    """Every room that told of itself, in the order of the applications."""
    yield from _rooms.values()


def sections() -> Iterator[Section]:
    for room in rooms():
        yield from room.sections
