"""Copies that all processes share, and the lock under which one of them works a page out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

from danchu.copies.changes import read_since
from danchu.copies.copy import Copy, dependence_from_json
from danchu.copies.memory import is_true

LOCK = 1802661988  # first key of the advisory locks of pages; the second is a part of the page's
WAIT_SECONDS = 20

_READ = "SELECT seen, rows, headers, body FROM copies_pagecopy WHERE key = %s"


def shared_copy(key: bytes, number: int, seen: str) -> Copy | None:
    """The copy that some process shared, where nothing that it depends on had changed since in the
    snapshot `seen`, that of the change `number`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_READ, [key])
        row = cursor.fetchone()
    if row is None:
        return None
    seen_by_copy, lines, headers, body = row
    lines, headers = json.loads(lines), json.loads(headers)
    copy = Copy(
        dependence_from_json(lines["rows"]),
        lines["facts"],
        headers["headers"],
        bytes(body),
        tuple(headers["check"]),
        headers["etag"],
        number,
        tuple(tuple(right) for right in headers["rights"]),
        tuple(tuple(part) for part in headers["parts"]),
    )
    changes = read_since(seen_by_copy, until=seen).changes
    return copy if changes is not None and is_true(copy.rows, copy.facts, changes, number) else None


@contextmanager
def working(key: bytes) -> Iterator[bool | None]:
    """Hold the lock of a page; True where another process worked on it and this one had to wait,
    None where that took too long and the lock is not held. When the process that holds it is
    killed, PostgreSQL ends its connection and the next one gets it.
    """
    second = int.from_bytes(key[:4], "big", signed=True)
    waited = _take(second)
    try:
        yield waited
    finally:
        if waited is not None:
            # A connection that was lost has given its locks back.
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, second])


def _take(second: int) -> bool | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, second])
        if cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{WAIT_SECONDS}s"])
        try:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, second])
        except DatabaseError:
            return None
        finally:
            with suppress(DatabaseError):
                cursor.execute("SELECT set_config('lock_timeout', '0', false)")
    return True
