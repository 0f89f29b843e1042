"""Notes the tables of every statement that is sent while an answer is worked out."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import connection

from danchu.copies.tables import SUMS_OF, VERSIONED
from danchu.kernel.dependence import Notes, hinder, note_table, noting
from danchu.subjects.room import rooms

# What a statement asks of something else than rows.
CLOCK = ("now", "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp")
CLOCKS = ("clock_timestamp", "statement_timestamp", "transaction_timestamp", "timeofday")
CHANCE = ("random", "nextval", "gen_random_uuid")
WRITING = ("insert", "update", "delete")
PASSING = frozenset((*CLOCK, *CLOCKS, *CHANCE, *WRITING))
# A name that is not a column of something: not behind a point.
_NAME = re.compile(r'(?<!\.)"(\w+)"|(?<![\w."])(\w+)')


@contextmanager
def watching() -> Iterator[Notes]:
    """Collect what an answer depends on: what its readers declare, and otherwise every table that a
    statement names. A word that is no table but has the name of one does no harm.
    """
    tables()  # asked before, not while they are looked for in a statement
    with noting(_read) as notes, connection.execute_wrapper(_watch):
        yield notes


def _watch(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    _read(str(sql))
    return execute(sql, params, many, context)


def _read(sql: str) -> None:
    for word in words_of(sql):
        if word in noted_tables():
            note_table(SUMS_OF.get(word, word))
        else:
            hinder(word)


@lru_cache(1)
def noted_tables() -> frozenset[str]:
    """The tables whose changes are noted: by migrations of this room, and of those that say so."""
    return VERSIONED.union(*(room.noted for room in rooms()))


@lru_cache(512)
def words_of(sql: str) -> frozenset[str]:
    """The words of a statement that are tables, or that ask what no table says."""
    names = _NAME.findall(sql.lower().replace("public.", ""))
    return frozenset(quoted or bare for quoted, bare in names) & (tables() | PASSING)


@lru_cache(1)
def tables() -> frozenset[str]:
    """All tables and views of the database."""
    return frozenset(connection.introspection.table_names(include_views=True))
