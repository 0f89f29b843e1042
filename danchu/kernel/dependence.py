"""What an answer depends on: while one is worked out, whoever reads rows notes which ones, so that
a kept answer can be thrown away when one of them changes. Outside of `noting` nothing is noted.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from secrets import token_hex

# Stands for every kind of rows, and for rows of every unit.
EVERY = None

Kinds = frozenset[str] | None
# The ids of units as text, "{1,2,3}": long sets are compared and stored as they were asked for.
Units = str | None
# (verb, kind, units): whether the reader has this right at one of the units. IS_KNOWN asks whether
# somebody is logged in at all.
Right = tuple[str, str, Units]
IS_KNOWN: Right = ("", "", EVERY)


@lru_cache(4096)
def ids_of(units: str) -> frozenset[int]:
    """The ids in the text "{1,2,3}"."""
    inner = units[1:-1]
    return frozenset(map(int, inner.split(","))) if inner else frozenset()


@dataclass(frozen=True)
class Fact:
    """What many answers depend on and what seldom differs though its rows change all the time, such
    as the day of the last record: `ask` says it as text, in a quick query of the table.
    """

    table: str
    ask: Callable[[], str]


FACTS: dict[str, Fact] = {}


@dataclass
class Notes:
    """What was read: `rows` has `{(table, units): kinds}`, `facts` what the facts said by their
    names. `hindrances` are the reasons why the
    answer cannot be kept: what it depends on has no versions. `read` notes what a statement reads.
    `declared` are the tables whose rows the reader in work notes itself; None stands for all.
    `rights` are those of the reader that were asked for, `within` the units to which the questions
    in work are narrowed, `mark` what stands around the parts of a page that are the reader's own.
    """

    read: Callable[[str], None] = lambda sql: None
    rows: dict[tuple[str, Units], Kinds] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    hindrances: set[str] = field(default_factory=set)
    declared: list[frozenset[str] | None] = field(default_factory=list)
    rights: set[Right] = field(default_factory=set)
    within: list[Units] = field(default_factory=list)
    mark: str = field(default_factory=lambda: token_hex(8))

    def add(self, table: str, kinds: Kinds, units: Units) -> None:
        place = table, units
        earlier = self.rows.get(place, frozenset())
        self.rows[place] = EVERY if kinds is EVERY or earlier is EVERY else earlier | kinds


_notes: ContextVar[Notes | None] = ContextVar("notes of the answer in work", default=None)


@contextmanager
def noting(read: Callable[[str], None]) -> Iterator[Notes]:
    """Collect what is read until the end of the context; `read` calls `note_table` for each table
    of a statement.
    """
    notes = Notes(read)
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)


@contextmanager
def noting_apart() -> Iterator[Notes]:
    """Collect what is read until the end of the context apart, whatever the caller declares, and
    then note it for the answer in work, too; only within `noting`.
    """
    outer = _notes.get()
    notes = Notes() if outer is None else Notes(outer.read, within=outer.within, mark=outer.mark)
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)
    note_again(notes)


def note_again(notes: Notes) -> None:
    """Note for the answer in work what was noted for a part of it."""
    outer = _notes.get()
    if outer is not None:
        for (table, units), kinds in notes.rows.items():
            outer.add(table, kinds, units)
        outer.facts |= notes.facts
        outer.hindrances |= notes.hindrances
        outer.rights |= notes.rights


def notes_in_work() -> Notes | None:
    """What is noted of the answer in work; None where nobody wants to know."""
    return _notes.get()


def is_noting() -> bool:
    """Whether somebody wants to know what is read."""
    return _notes.get() is not None


def note_rows(table: str, kinds: Iterable[str] | None = EVERY, units: Units = EVERY) -> None:
    """Note that the answer depends on the rows of a table, only of some kinds or of some units
    (the text of their ids) where that is so.
    """
    notes = _notes.get()
    if notes is not None:
        notes.add(table, EVERY if kinds is EVERY else frozenset(kinds), units)


def stated(name: str) -> str:
    """What a fact of FACTS says now. The answer depends on this and not on the rows behind it."""
    fact = FACTS[name]
    with declaring(fact.table):
        text = fact.ask()
    notes = _notes.get()
    if notes is not None:
        notes.facts[name] = text
    return text


def note_table(table: str) -> None:
    """Note all rows of a table that was read, unless the reader declares it (`declaring`)."""
    notes = _notes.get()
    if notes is not None and not any(
        tables is None or table in tables for tables in notes.declared
    ):
        notes.add(table, EVERY, EVERY)


def note_statement(sql: str, but: Iterable[str] = ()) -> None:
    """Note all rows of the tables that a statement names, except those of the tables `but`."""
    notes = _notes.get()
    if notes is not None:
        outer = notes.declared
        notes.declared = [frozenset(but)]
        try:
            notes.read(sql)
        finally:
            notes.declared = outer


def hinder(reason: str) -> None:
    """Note that the answer depends on what has no version, so that it must not be kept."""
    notes = _notes.get()
    if notes is not None:
        notes.hindrances.add(reason)


def note_right(verb: str, kind: str, units: Units = EVERY) -> None:
    """Note that the answer depends on whether the reader has a right at one of the units."""
    notes = _notes.get()
    if notes is not None:
        narrowed = notes.within[-1] if notes.within and units is EVERY else units
        notes.rights.add((verb, kind, narrowed))


@contextmanager
def narrowed_to(units: Units) -> Iterator[None]:
    """Within the context rights only matter at these units: all rows that are read are theirs."""
    notes = _notes.get()
    if notes is None:
        yield
        return
    notes.within.append(units)
    try:
        yield
    finally:
        notes.within.pop()


def own_mark() -> str:
    """What stands around the parts of the page in work that are the reader's own; "" where nobody
    wants to keep it.
    """
    notes = _notes.get()
    return "" if notes is None else notes.mark


@contextmanager
def declaring(*tables: str) -> Iterator[None]:
    """Within the context the caller itself notes which rows of these tables are read; without names
    of all.
    """
    notes = _notes.get()
    if notes is None:
        yield
        return
    notes.declared.append(frozenset(tables) if tables else None)
    try:
        yield
    finally:
        notes.declared.pop()
