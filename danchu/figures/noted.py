"""Which rows a figure is made of, noted for whoever keeps the answer (danchu.kernel.dependence): of
a flow only those of its kind, recorded at the units that it counts.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from danchu.figures.among import Ids
from danchu.figures.catalogue import Counted
from danchu.kernel.dependence import EVERY, declaring, is_noting, note_rows, note_statement


@contextmanager
def reading_rows(part: Counted, units: Ids | None) -> Iterator[None]:
    """Within the context rows of the table of the part are read only as the part counts them."""
    if not is_noting() or part.kind == "level":
        yield
        return
    with declaring(*_note_own_rows(part, units)):
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
    table: str = part.source.rows().model._meta.db_table
    kind = part.where.get("kind") if part.kind == "flow" else None
    kinds = EVERY if kind is None else [kind]
    note_rows(table, kinds, EVERY if units is None else units.text)
    return table, *part.source.noted_along
