"""Tables of the reports of a province, declared by the rooms that have their rows: one line a row,
a total a column. The rows are those of figures, so that a total is the sum of the lines above it
and opens to them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import Any, cast

from django.db.models import QuerySet

from danchu.figures.answer import Figure, evidence_queries
from danchu.figures.blur import is_exact, seen_figure
from danchu.figures.catalogue import INDICATORS, Counted, Source
from danchu.kernel.actor import Acting
from danchu.kernel.boundaries import Placing
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period

PIECE = 500


@dataclass(frozen=True)
class TableColumn:
    """One column. `value(line)` is a text, number, day or None; by default it is what the row has
    under the `name`. `total` is the key of the indicator whose figure stands below the column.
    `is_said`: only for who may read the row; `links`: leads to its page.
    """

    name: str
    label: Any
    value: Callable[["TableLine"], Any] | None = None
    total: str = ""
    is_number: bool = False
    is_said: bool = False
    links: bool = False

    def read(self, line: "TableLine") -> Any:
        """The value; None where the reader may not read it."""
        if self.is_said and not line.is_readable:
            return None
        return self.value(line) if self.value else getattr(line.row, self.name, None)


@dataclass(frozen=True)
class TableRows:
    """The rows of the source with the key `source` behind the indicator `indicator`. `read` adds to
    their query what the columns read; `beside(rows, period)` are further values by primary key.
    `page` is the name of the public address of a row, "" for none.
    """

    indicator: str
    source: str
    page: str = ""
    read: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows
    beside: Callable[[Sequence[Any], Period], Mapping[int, Any]] = lambda rows, period: {}


@dataclass(frozen=True)
class ReportTable:
    """One table: its `number` and `key` in addresses, what its lines are, its columns. `totals` are
    the keys of further figures that stand below it.
    """

    key: str
    number: str
    title: Any
    lead: Any
    rows: tuple[TableRows, ...]
    columns: tuple[TableColumn, ...]
    totals: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableLine:
    """One row of a table: where and when it counts, the `share` of it that does (None: it is not
    certain), its further value `beside`, and whether the reader may read what it says.
    """

    row: Any
    unit: UnitId
    day: date
    share: int | Fraction | None
    page: str
    is_readable: bool
    beside: Any = None


def table_lines(
    table: ReportTable, unit_id: UnitId, period: Period, map_day: date, actor: Acting
) -> Iterator[TableLine]:
    """The lines of a table at a unit for a period on the map of a day, the oldest of each kind of
    row first; read in pieces. Refused for a unit that is not on the map.
    """
    for rows in table.rows:
        counted = cast(Counted, INDICATORS[rows.indicator])
        if not is_exact(counted, unit_id, actor):
            continue
        queries, shares = evidence_queries(counted, unit_id, period, map_day)
        for part, query in queries:
            if part.source.key == rows.source:
                ordered = query.order_by(part.source.when, "pk")
                yield from _lines(rows, part.source, ordered, shares, period, actor)


def _lines(
    rows: TableRows,
    source: Source,
    query: QuerySet[Any],
    shares: Placing,
    period: Period,
    actor: Acting,
) -> Iterator[TableLine]:
    keys = list(query.values_list("pk", flat=True))
    names = source.when.split("__")
    while piece := keys[:PIECE]:
        keys = keys[PIECE:]
        by_key = {row.pk: row for row in rows.read(source.rows().filter(pk__in=piece))}
        own = source.rows().filter(pk__in=piece)
        visible = source.visible(own, actor) if source.visible else own.none()
        readable = set(visible.values_list("pk", flat=True))
        beside = rows.beside(list(by_key.values()), period)
        for key in piece:
            row = by_key[key]
            day = row
            for name in names:
                day = getattr(day, name)
            unit = source.unit_in(row)
            yield TableLine(
                row, unit, day, shares[unit], rows.page, key in readable, beside.get(key)
            )


def first_lines(lines: Iterator[TableLine], most: int) -> tuple[list[TableLine], bool]:
    """(the first lines, whether there are more)."""
    first = list(islice(lines, most + 1))
    return first[:most], len(first) > most


def totals_of(
    table: ReportTable, unit_id: UnitId, period: Period, map_day: date, actor: Acting
) -> dict[str, Figure]:
    """{key of the indicator: its figure as the actor may see it} of all totals of the table."""
    keys = [*(column.total for column in table.columns if column.total), *table.totals]
    return {
        key: seen_figure(INDICATORS[key], unit_id, period, map_day, actor)
        for key in dict.fromkeys(keys)
    }
