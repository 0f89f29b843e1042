"""Which rows a figure is made of, noted for whoever keeps the answer (danchu.kernel.dependence): of
a flow only those of its kind, recorded at the units that it counts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from danchu.figures.among import Ids
from danchu.figures.catalogue import Counted, Source
from danchu.kernel.dependence import (
    EVERY,
    declaring,
    is_noting,
    narrowed_to,
    note_rows,
    note_statement,
)


@contextmanager
def reading_rows(part: Counted, units: Ids | None) -> Iterator[None]:
    """Within the context rows of the table of the part are read only as the part counts them."""
    if not is_noting() or (part.kind == "level" and not part.told_by):
        yield
        return
    if part.kind == "level" and part.told_by:
        table, kind = part.told_by
        note_rows(table, [kind])
        with declaring(table):
            yield
        return
    # Rows that are read along with others may be viewed by rights at the places of those.
    is_alone = part.source.where == "unit" and not part.source.noted_along
    with (
        declaring(*_note_own_rows(part, units)),
        narrowed_to(units.text if units and is_alone else EVERY),
    ):
        yield


def note_sum(part: Counted, sql: str, units: Ids | None) -> None:
    """Note what a statement that sums the rows of the part reads."""
    if not is_noting():
        return
    if part.kind == "flow":
        note_statement(sql, but=_note_own_rows(part, units))
    elif part.told_by:
        table, kind = part.told_by
        note_rows(table, [kind])
        note_statement(sql, but=(table,))
    else:
        note_statement(sql)


def _note_own_rows(part: Counted, units: Ids | None) -> tuple[str, ...]:
    """Note the rows of a flow itself; the tables that need no more notes."""
    table = _table(part.source)
    kind = part.where.get("kind") if part.kind == "flow" else None
    kinds = EVERY if kind is None else [kind]
    note_rows(table, kinds, EVERY if units is None else units.text)
    return table, *part.source.noted_along


@cache
def _table(source: Source) -> str:
    return str(source.rows().model._meta.db_table)
