"""What an answer depends on: while one is worked out, whoever reads rows notes which ones, so that
a kept answer can be thrown away when one of them changes. Outside of `noting` nothing is noted.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

# Stands for every kind of rows, and for rows of every unit.
EVERY = None

Kinds = frozenset[str] | None
# The ids of units as text, "{1,2,3}": long sets are compared and stored as they were asked for.
Units = str | None


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
    """

    read: Callable[[str], None] = lambda sql: None
    rows: dict[tuple[str, Units], Kinds] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    hindrances: set[str] = field(default_factory=set)
    declared: list[frozenset[str] | None] = field(default_factory=list)

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
