"""Answers that the pages of a process share, such as the sums of a place: each is kept until a
change of what it was read from has been read (danchu/copies/changes.py), as a page is.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from threading import Lock

from django.db import connection

from danchu.copies import memory
from danchu.copies.copy import Dependence, dependence_of
from danchu.copies.memory import is_true
from danchu.kernel.days import today
from danchu.kernel.dependence import EVERY, Notes

# How much is kept: each answer counts as so many items, beside its own.
MOST = 600_000
OF_AN_ANSWER = 20


@dataclass
class Kept:
    """An answer, what was noted of it, the rows on which it depends, and the number of the last
    change that it is known to contain.
    """

    answer: object
    notes: Notes
    rows: Dependence
    number: int

    @property
    def size(self) -> int:
        return OF_AN_ANSWER + (
            len(self.answer) if isinstance(self.answer, dict | list | tuple) else 0
        )


_lock = Lock()
_kept: OrderedDict[Hashable, Kept] = OrderedDict()
_size = 0


@dataclass(frozen=True)
class LastingAnswers:
    """Those that are true after the change `number` was read; the store of
    `danchu.kernel.reading.lasting`.
    """

    number: int

    def find(self, name: Hashable) -> tuple[object, Notes] | None:
        key = _key(name)
        with _lock:
            entry = _kept.get(key)
            if entry is None:
                return None
            _kept.move_to_end(key)
        changes = memory.feed.between(entry.number, self.number)
        if changes is None or not is_true(entry.rows, entry.notes.facts, changes, self.number):
            _drop(key, entry)
            return None
        entry.number = max(entry.number, self.number)
        return entry.answer, entry.notes

    def keep(self, name: Hashable, answer: object, notes: Notes, tables: Iterable[str]) -> None:
        global _size
        rows = dependence_of(notes)
        for table in tables:
            rows.setdefault(table, []).append((EVERY, EVERY))
        entry = Kept(answer, notes, rows, self.number)
        key = _key(name)
        with _lock:
            earlier = _kept.pop(key, None)
            _kept[key] = entry
            _size += entry.size - (earlier.size if earlier else 0)
            while _size > MOST and _kept:
                _name, oldest = _kept.popitem(last=False)
                _size -= oldest.size


def forget_answers() -> None:
    """Forget every answer."""
    global _size
    with _lock:
        _kept.clear()
        _size = 0


def _key(name: Hashable) -> Hashable:
    return id(memory.feed), connection.settings_dict["NAME"], today(), name


def _drop(key: Hashable, entry: Kept) -> None:
    global _size
    with _lock:
        if _kept.get(key) is entry:
            del _kept[key]
            _size -= entry.size
