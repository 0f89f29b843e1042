"""Where a room tells of itself, and where every surface reads what rooms have told."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from danchu.figures import catalogue
from danchu.figures.catalogue import Flow, Indicator
from danchu.journal.verify import CHECKS
from danchu.subjects.sections import Section


@dataclass(frozen=True)
class Room:
    """What one room says of itself; `name` is the label of its application.

    `sections` are its subjects at the desk, `public` the lists and pages that everyone may read.
    `words` says what each act of the journal did ({second half of the act's name: words});
    `words_of` says so for one kind of record ({kind: {act: words}}), where rooms have several.

    `indicators` are its figures; `counts_also` are its rows that count into figures of rooms below
    ((key, flow)); `statements` gives typed numbers that stand in for rows. `evidence` names the
    public page of a row of evidence ({source: name of its address}).

    `proofs` are what `danchu verify` asks: each yields (place, problem). `keepers` are what the
    register asks before an event changes; `letters` complete letters at the moment of sending
    ({kind: function of the waiting rows}). `answers` are written answers in which something was
    promised ({origin of the promise: function of (actor, uid)}).
    """

    name: str
    sections: tuple[Section, ...] = ()
    public: tuple[Section, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)
    words_of: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    counts_also: tuple[tuple[str, Flow], ...] = ()
    statements: Callable[[], QuerySet] | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    proofs: tuple[Callable[[], Iterable[tuple[str, str]]], ...] = ()
    keepers: tuple[Any, ...] = ()
    letters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    answers: Mapping[str, Callable[..., Any]] = field(default_factory=dict)


_rooms: dict[str, Room] = {}


def declare(room: Room) -> None:
    """Make a room known; called once, when its application is ready."""
    _rooms[room.name] = room
    catalogue.declare(*room.indicators)
    for key, flow in room.counts_also:
        catalogue.count_also(key, flow)
    if room.statements:
        catalogue.STATEMENTS.append(room.statements)
    CHECKS.extend(room.proofs)


def rooms() -> Iterator[Room]:
    """Every room that told of itself, in the order of the applications."""
    yield from _rooms.values()


def sections() -> Iterator[Section]:
    """The subjects at the desk, of all rooms."""
    for room in rooms():
        yield from room.sections


def public_sections() -> Iterator[Section]:
    """The lists and pages that everyone may read, of all rooms."""
    for room in rooms():
        yield from room.public


def act_words(label: str, kind: str, act: str) -> Any:
    """What an act of the journal did to a record, in words; its name where nobody says.

    `label` is the application of the record's model, `kind` its kind in the journal.
    """
    name = act.partition(".")[2]
    own = _rooms.get(label)
    if own and name in own.words_of.get(kind, {}):
        return own.words_of[kind][name]
    if own and name in own.words:
        return own.words[name]
    return next((room.words[name] for room in rooms() if name in room.words), act)
