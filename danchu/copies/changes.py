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
SELECT present::text, base.oid::bigint, forgotten, change."table", change.kind, change.unit
FROM (SELECT pg_current_snapshot() AS present) AS snapshot
JOIN pg_database AS base ON base.datname = current_database()
LEFT JOIN copies_horizon ON TRUE
LEFT JOIN copies_change AS change
    ON change.transaction >= %s AND change.transaction < pg_snapshot_xmax(present)::text::bigint
    AND NOT pg_visible_in_snapshot(change.transaction::text::xid8, %s::pg_snapshot)
    AND (%s = ''
        OR pg_visible_in_snapshot(change.transaction::text::xid8, nullif(%s, '')::pg_snapshot))
"""
NEVER = "1:1:"  # a snapshot in which nothing had happened


class Changed(NamedTuple):
    """Rows of a kind and a unit of a table; kind "" and unit 0 stand for any."""

    table: str
    kind: str
    unit: int


class Reading(NamedTuple):
    """What one query said: the snapshot it saw, the database (its number), and the changes since
    the earlier one; None where they are not known any more.
    """

    seen: str
    base: int
    changes: list[Changed] | None


def read_since(seen: str, until: str = "") -> Reading:
    """Read what was committed and not yet visible in the snapshot `seen`; only what was visible in
    the snapshot `until`, where one is given.
    """
    oldest = oldest_open(seen)
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [oldest, seen, until, until])
        rows = cursor.fetchall()
    present, base, forgotten = rows[0][:3]
    is_complete = oldest >= (forgotten or 0)
    changes = [Changed(*row[3:]) for row in rows if row[3] is not None]
    return Reading(present, base, changes if is_complete else None)


def oldest_open(seen: str) -> int:
    """The number below which every transaction had ended in a snapshot."""
    return int(seen.partition(":")[0])


@dataclass
class Feed:
    """The changes that this process has read, numbered as it read them. An answer that was worked
    out after `poll` had returned a number contains all changes up to that number.
    """

    _lock: Lock = field(default_factory=Lock)
    _seen: str = ""
    _base: int = 0
    _number: int = 0
    # What was worked out at a number below this is unknown to be true.
    _first: int = 0
    _recent: deque[tuple[int, Changed]] = field(default_factory=deque)

    def poll(self) -> tuple[int, str]:
        """(the number of the last change, the snapshot in which it was visible) now."""
        with self._lock:
            reading = read_since(self._seen) if self._seen else read_since_present()
            if reading.changes is None or reading.base != self._base:
                self._number += 1
                self._first = self._number
                self._recent.clear()
            else:
                for change in reading.changes:
                    self._number += 1
                    self._recent.append((self._number, change))
            while len(self._recent) > MOST:
                self._first = self._recent.popleft()[0]
            self._seen, self._base = reading.seen, reading.base
            return self._number, self._seen

    def between(self, number: int, until: int) -> list[Changed] | None:
        """The changes after a number, up to another; None where they are not known any more."""
        with self._lock:
            if number < self._first:
                return None
            later = takewhile(lambda item: item[0] > number, reversed(self._recent))
            return [change for of, change in later if of <= until]


def read_since_present() -> Reading:
    """A Reading that knows of no change before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        (present,) = cursor.fetchone()
    return read_since(present)._replace(changes=None)
