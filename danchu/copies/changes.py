"""What other transactions changed, as this process reads it: one small query before each answer.

Changes are read by snapshot and not by time or number: whatever was not visible to the query before
is read by the next one, so that none is missed that commits late, and writers never wait.
"""

from collections import deque
from dataclasses import dataclass, field
from itertools import takewhile
from threading import Lock
from typing import NamedTuple

from django.db import connection

MOST = 20_000  # changes that a process remembers

# The snapshot of this statement, the database, what is forgotten, and each change that the snapshot
# `seen` did not have. A restored database may hold changes of transactions that it never had.
_SINCE = """
SELECT present::text, base.oid::bigint, forgotten,
    change.transaction, change."table", change.kind, change.unit
FROM (SELECT pg_current_snapshot() AS present) AS snapshot
JOIN pg_database AS base ON base.datname = current_database()
LEFT JOIN copies_horizon ON TRUE
LEFT JOIN copies_change AS change
    ON change.transaction >= %s AND change.transaction < pg_snapshot_xmax(present)::text::bigint
    AND NOT pg_visible_in_snapshot(change.transaction::text::xid8, %s::pg_snapshot)
"""
NEVER = "1:1:"  # a snapshot in which nothing had happened


class Changed(NamedTuple):
    """Rows of a kind and a unit of a table; kind "" and unit 0 stand for any."""

    table: str
    kind: str
    unit: int


class Reading(NamedTuple):
    """What one query said: the snapshot it saw, the database (its number), and (transaction,
    change) of each change since the earlier one; those of transactions below `forgotten` are not
    known any more.
    """

    seen: str
    base: int
    forgotten: int
    changes: list[tuple[int, Changed]]


class Change(NamedTuple):
    """A change as a process has read it: every change of a transaction below `below` was read
    before or together with it.
    """

    number: int
    below: int
    transaction: int
    what: Changed


def read_since(seen: str) -> Reading:
    """Read what was committed and not yet visible in the snapshot `seen`."""
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [oldest_open(seen), seen])
        rows = cursor.fetchall()
    present, base, forgotten = rows[0][:3]
    changes = [(row[3], Changed(*row[4:])) for row in rows if row[3] is not None]
    return Reading(present, base, forgotten or 0, changes)


def oldest_open(seen: str) -> int:
    """The number below which every transaction had ended in a snapshot."""
    return int(seen.partition(":")[0])


def has_seen(seen: str, transaction: int) -> bool:
    """Whether a transaction that was committed had been so in a snapshot."""
    oldest, newest, open_ones = seen.split(":")
    return transaction < int(oldest) or (
        transaction < int(newest) and str(transaction) not in open_ones.split(",")
    )


@dataclass
class Feed:
    """The changes that this process has read, numbered as it read them. An answer that was worked
    out after `poll` had returned a number contains all changes up to that number.

    The first reading takes what other processes noted before, so that what they kept can be judged.
    """

    _lock: Lock = field(default_factory=Lock)
    _seen: str = ""
    _base: int = 0
    _number: int = 0
    # What was worked out at a number below this is unknown to be true.
    _first: int = 0
    # Every change of a transaction from this one on is remembered.
    _known_from: int = 0
    _recent: deque[Change] = field(default_factory=deque)

    def poll(self) -> tuple[int, str]:
        """(the number of the last change, the snapshot in which it was visible) now."""
        with self._lock:
            reading = read_since(self._seen) if self._seen else None
            if (
                reading is None
                or reading.base != self._base
                or oldest_open(self._seen) < reading.forgotten
            ):
                reading = self._begin()
            else:
                below = int(reading.seen.split(":")[1])
                for transaction, what in reading.changes:
                    self._number += 1
                    self._recent.append(Change(self._number, below, transaction, what))
            while len(self._recent) > MOST:
                oldest = self._recent.popleft()
                self._first = oldest.number
                self._known_from = max(self._known_from, oldest.transaction + 1)
            self._seen, self._base = reading.seen, reading.base
            return self._number, self._seen

    def _begin(self) -> Reading:
        """Read all that is noted; nothing that this process worked out before is known to be
        true.
        """
        reading = read_since(NEVER)
        self._recent.clear()
        self._known_from = reading.forgotten
        for transaction, what in sorted(reading.changes):
            self._number += 1
            self._recent.append(Change(self._number, transaction + 1, transaction, what))
        self._number += 1
        self._first = self._number
        return reading

    def between(self, number: int, until: int) -> list[Changed] | None:
        """The changes after a number, up to another; None where they are not known any more."""
        with self._lock:
            if number < self._first:
                return None
            later = takewhile(lambda change: change.number > number, reversed(self._recent))
            return [change.what for change in later if change.number <= until]

    def missed(self, seen: str, until: int) -> list[Changed] | None:
        """The changes up to a number that a snapshot did not have; None where they are not known
        any more.
        """
        oldest = oldest_open(seen)
        with self._lock:
            if oldest < self._known_from:
                return None
            later = takewhile(lambda change: change.below > oldest, reversed(self._recent))
            return [
                change.what
                for change in later
                if change.number <= until and not has_seen(seen, change.transaction)
            ]
