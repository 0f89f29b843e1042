"""Writes copies for all processes, and takes away what nobody asks for any more. No act: nothing
here says anything that is not said elsewhere.
"""

import json

from django.db import connection, transaction

from danchu.copies.copy import Copy, dependence_as_json

MOST_COPIES = 20_000
COPY_MINUTES = 60

_SHARE = """
INSERT INTO copies_pagecopy (key, seen, rows, headers, body, at)
VALUES (%s, %s, %s, %s, %s, clock_timestamp())
ON CONFLICT (key) DO UPDATE SET seen = excluded.seen, rows = excluded.rows,
    headers = excluded.headers, body = excluded.body, at = excluded.at
"""
_SWEEP_COPIES = """
DELETE FROM copies_pagecopy WHERE at < clock_timestamp() - make_interval(mins => %s)
    OR at <= (SELECT at FROM copies_pagecopy ORDER BY at DESC OFFSET %s LIMIT 1)
"""
# What began before the number noted an hour ago and is visible has been read by every process, or
# that process learns from `forgotten` that it has missed it.
_FORGET = """
INSERT INTO copies_horizon AS horizon (id, forgotten, next_number, at)
VALUES (1, 0, pg_snapshot_xmin(pg_current_snapshot())::text::bigint, clock_timestamp())
ON CONFLICT (id) DO UPDATE SET forgotten = horizon.next_number,
    next_number = excluded.next_number, at = excluded.at
WHERE horizon.at < excluded.at - interval '1 hour' OR horizon.at > excluded.at
RETURNING forgotten
"""
_SWEEP_CHANGES = """
DELETE FROM copies_change WHERE transaction < %s
    OR transaction > pg_snapshot_xmax(pg_current_snapshot())::text::bigint
"""


def share(key: bytes, seen: str, copy: Copy) -> None:
    """Let all processes have a copy that was worked out after the snapshot `seen`."""
    rows = json.dumps({"rows": dependence_as_json(copy.rows), "facts": copy.facts})
    own = {"rights": copy.rights, "parts": copy.parts, "cuts": copy.cuts}
    headers = json.dumps({"headers": copy.headers, "etag": copy.etag, "check": copy.check, **own})
    with connection.cursor() as cursor:
        cursor.execute(_SHARE, [key, seen, rows, headers, copy.body])


@transaction.atomic
def sweep() -> None:
    """Take away old copies, the oldest above MOST_COPIES, and changes of more than an hour ago."""
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP_COPIES, [COPY_MINUTES, MOST_COPIES])
        cursor.execute(_FORGET)
        row = cursor.fetchone()
        if row:
            cursor.execute(_SWEEP_CHANGES, row)
