"""Statements that PostgreSQL plans once for each connection: for what thousands do in one hour,
where planning takes several times as long as running.
"""

from collections.abc import Sequence
from contextlib import closing
from typing import Any

import psycopg
from django.db import connections


def prepared_rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement of a fixed text, with $1, $2 … for its values. Errors are those of
    Django.
    """
    connection = connections["default"]  # once: the proxy looks for it at each use
    connection.ensure_connection()
    raw = connection.connection
    if raw.prepare_threshold is None:  # Django's default, for poolers that lose statements
        raw.prepare_threshold = 1
    with connection.wrap_database_errors, closing(psycopg.RawCursor(raw)) as cursor:
        return cursor.execute(statement, values, prepare=True).fetchall()
