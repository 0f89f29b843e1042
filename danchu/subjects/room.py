"""The registry of rooms: each declares what it has, every surface reads the declarations."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from danchu.figures import catalogue
from danchu.figures.catalogue import Flow, Indicator
from danchu.figures.tables import ReleasedTable, declare_tables
from danchu.journal.verify import CHECKS
from danchu.subjects.disclosing import ToDisclose
from danchu.subjects.reminding import Reminded
from danchu.subjects.report_tables import ReportTable
from danchu.subjects.sections import Proved, Section, Unlisted


@dataclass(frozen=True)
class Room:
    """What one room has; `name` is the label of its application.

    `sections` are its subjects at the desk, `public` the lists and pages that everyone may read,
    `unlisted` the public records that have no list.
    `words` describes each act of the journal ({second half of the act's name: words}); `words_of`
    does so for one kind of record ({kind: {act: words}}), where a room has several.

    `indicators` are its figures, `tables` those of its sensitive ones that are published;
    `counts_also` are its rows that count into figures of rooms below
    ((key, flow)); `statements` returns numbers that were entered in place of rows. `evidence` names
    the public page of a row of evidence ({source: name of its address}).

    `proofs` are the checks of `danchu verify`: each yields (place, problem). `proved` are the
    records of which readers get the proof ({kind of the digest: Proved}); `countable` are those of
    which everybody may know how many one act changed ({kind of the digest: function that returns
    the rows}): the proof of a record tells that of its whole entry. `keepers` are called
    by the register before an event changes; `letters` complete letters when they are sent
    ({kind: function of the queued rows}). `answers` are written answers in which something was
    promised ({origin of the promise: function of (actor, uid)}), `answer_pages` the addresses of
    those that are public ({origin: function of (uid) that returns an address, or "" where the
    answer is not public}). `to_disclose` are its records that must be disclosed to the people.
    `reminders` tell what is to be done by the calendar where no row changes on the day:
    each is a function of (actor, day) for what the actor may do. `report_tables` are its tables
    of the reports of provinces. `noted` are the tables of the database whose changes its own
    migrations note (danchu.subjects.noted).
    """

    name: str
    sections: tuple[Section, ...] = ()
    public: tuple[Section, ...] = ()
    unlisted: tuple[Unlisted, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)
    words_of: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    tables: tuple[ReleasedTable, ...] = ()
    counts_also: tuple[tuple[str, Flow], ...] = ()
    statements: Callable[[], QuerySet[Any]] | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    proofs: tuple[Callable[[], Iterator[tuple[str, str]]], ...] = ()
    proved: Mapping[str, Proved] = field(default_factory=dict)
    countable: Mapping[str, Callable[[], QuerySet[Any]]] = field(default_factory=dict)
    keepers: tuple[Any, ...] = ()
    letters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    answers: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    answer_pages: Mapping[str, Callable[[UUID], str]] = field(default_factory=dict)
    to_disclose: tuple[ToDisclose, ...] = ()
    reminders: tuple[Callable[..., list[Reminded]], ...] = ()
    report_tables: tuple[ReportTable, ...] = ()
    noted: tuple[str, ...] = ()


_rooms: dict[str, Room] = {}


def declare(room: Room) -> None:
    """Register a room; called once, when its application is ready."""
    _rooms[room.name] = room
    catalogue.declare(*room.indicators)
    declare_tables(*room.tables)
    for key, flow in room.counts_also:
        catalogue.count_also(key, flow)
    if room.statements:
        catalogue.STATEMENTS.append(room.statements)
    CHECKS.extend(room.proofs)


def rooms() -> Iterator[Room]:
    """Every registered room, in the order of the applications."""
    yield from _rooms.values()


def sections() -> Iterator[Section]:
    """The subjects at the desk, of all rooms."""
    for room in rooms():
        yield from room.sections


def public_sections() -> Iterator[Section]:
    """The lists and pages that everyone may read, of all rooms."""
    for room in rooms():
        yield from room.public


def unlisted_records() -> Iterator[Unlisted]:
    """The public records without a list, of all rooms."""
    for room in rooms():
        yield from room.unlisted


def act_words(label: str, kind: str, act: str) -> Any:
    """What an act of the journal did to a record, in words; its name where no room says.

    `label` is the application of the record's model, `kind` its kind in the journal.
    """
    name = act.partition(".")[2]
    own = _rooms.get(label)
    if own and name in own.words_of.get(kind, {}):
        return own.words_of[kind][name]
    if own and name in own.words:
        return own.words[name]
    return next((room.words[name] for room in rooms() if name in room.words), act)
