"""Copies that all processes share, and the lock under which one of them works a page out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

from danchu.copies import memory
from danchu.copies.copy import Copy, Cut, Part, dependence_from_json, shared_texts

LOCK = 1802661988  # first key of the advisory locks of pages; the second is a part of the page's
WAIT_SECONDS = 20

_READ = "SELECT seen, rows, headers, body FROM copies_pagecopy WHERE key = %s"


def shared_copy(key: bytes, number: int) -> Copy | None:
    """The copy that some process shared, where no change up to `number` (of `feed.poll`) that it
    was worked out without touches it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_READ, [key])
        row = cursor.fetchone()
    if row is None:
        return None
    seen, lines, headers, body = row
    changes = memory.feed.missed(seen, number)
    if changes is None:
        return None
    lines, headers = json.loads(lines), json.loads(headers)
    copy = Copy(
        dependence_from_json(lines["rows"]),
        lines["facts"],
        shared_texts(headers["headers"]),
        bytes(body),
        tuple(headers["check"]),
        headers["etag"],
        number,
        tuple(tuple(right) for right in headers["rights"]),
        tuple(Part(*part) for part in headers["parts"]),
        tuple(Cut(*cut) for cut in headers["cuts"]),
    )
    return copy if memory.is_true(copy.rows, copy.facts, changes, number) else None


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
