"""Votes of a consultation read as one array: hundreds of thousands of rows in a fraction of the
time and the memory of as many Python tuples. Only jobs load this module: it needs NumPy.
"""

from typing import Any

import numpy as np
from django.db import connection

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
_READ = f"""
COPY (
    SELECT {", ".join(column for _name, _kind, column in FIELDS)}
    FROM consultation_vote v
    JOIN consultation_voter w ON w.id = v.voter_id
    JOIN consultation_proposition p ON p.id = v.proposition_id
    WHERE v.consultation_id = %s
"""
# The votes that count, in the order of person and statement.
_OF_ALL = f"{_READ} AND p.state = 'counted' ORDER BY w.number, p.number) TO STDOUT (FORMAT BINARY)"
# All votes of the people who voted, or voted otherwise, since the groups were counted.
_OF_THE_MOVING = f"""{_READ} AND v.voter_id IN (
    SELECT f.voter_id FROM consultation_vote f
    JOIN consultation_proposition g ON g.id = f.proposition_id
    WHERE f.consultation_id = %s AND g.state = 'counted'
    AND (f.counted_as IS NULL OR f.counted_as <> f.choice)
)) TO STDOUT (FORMAT BINARY)"""
# The binary form of COPY: a head, rows of a fixed length where no value is missing, an end.
HEAD, END = 19, 2
_ROW = np.dtype(
    [
        ("columns", ">i2"),
        *(
            part
            for name, kind, _column in FIELDS
            for part in ((f"{name}_bytes", ">i4"), (name, kind))
        ),
    ]
)


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
    with connection.cursor() as cursor, cursor.copy(statement, values) as copy:
        content = b"".join(copy)
    return np.frombuffer(content, _ROW, offset=HEAD, count=(len(content) - HEAD) // _ROW.itemsize)
