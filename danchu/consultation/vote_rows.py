"""Votes of a consultation read as one array: hundreds of thousands of rows in a fraction of the
time and the memory of as many Python tuples. Only jobs load this module: it needs NumPy.
"""

from typing import Any

import numpy as np
import psycopg
from django.db import connection

_SEND = {">i8": "int8send", ">i4": "int4send", ">i2": "int2send"}
UNCOUNTED = 9  # in `counted_as`: the groups do not know the vote yet
# One row: `person` and `statement` are the numbers of the voter and of the proposition in the
# consultation, `is_shown` whether the proposition is not hidden.
FIELDS = (
    ("vote", ">i8", "v.id"),
    ("person", ">i4", "w.number"),
    ("statement", ">i4", "p.number"),
    ("choice", ">i2", "v.choice"),
    ("counted_as", ">i2", f"coalesce(v.counted_as, {UNCOUNTED})::smallint"),
    ("is_shown", ">i2", "(p.state = 'counted')::int::smallint"),
)
# One value for all rows: as many small messages of the driver take longer than the query.
_PACKED = " || ".join(f"{_SEND[kind]}({column})" for _name, kind, column in FIELDS)
_READ = f"""
SELECT string_agg({_PACKED}, ''::bytea{{order}})
FROM consultation_vote v
JOIN consultation_voter w ON w.id = v.voter_id
JOIN consultation_proposition p ON p.id = v.proposition_id
WHERE v.consultation_id = %s"""
# The votes that count, in the order of person and statement.
_OF_ALL = f"{_READ} AND p.state = 'counted'".format(order=" ORDER BY w.number, p.number")
# All votes of the people who voted, or voted otherwise, since the groups were counted.
_OF_THE_MOVING = f"""{_READ} AND v.voter_id IN (
    SELECT f.voter_id FROM consultation_vote f
    JOIN consultation_proposition g ON g.id = f.proposition_id
    WHERE f.consultation_id = %s AND g.state = 'counted'
    AND (f.counted_as IS NULL OR f.counted_as <> f.choice)
)""".format(order="")
_ROW = np.dtype([(name, kind) for name, kind, _column in FIELDS])


def all_votes(consultation: int) -> Any:
    """The votes that count, as rows of FIELDS in the order of person and statement."""
    return _read(_OF_ALL, (consultation,))


def votes_of_the_moving(consultation: int) -> Any:
    """All votes of whoever voted anew since the groups were counted, as rows of FIELDS."""
    return _read(_OF_THE_MOVING, (consultation, consultation))


def triples(rows: Any, choice: str = "choice") -> Any:
    """The rows as an array of (person, statement, choice), with the choice of that column."""
    return np.stack([rows["person"], rows["statement"], rows[choice]], axis=1).astype(int)


def _read(statement, values):
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        # Bytes as they are; as text they come twice as long.
        content = cursor.execute(statement, values, binary=True).fetchone()[0]
    return np.frombuffer(content or b"", _ROW)
