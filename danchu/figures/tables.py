"""The tables of sensitive figures that are published: which totals, broken down into what."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReleasedTable:
    """The total of the indicator `key` by place and, where it has `parts`, breakdowns of it by
    province: each is the keys of indicators over rows of the total. Without parts the total is also
    published by commune.

    `twin`: a table over some of the rows. It is published only when its total is the same at each
    place, so that it has all of them; otherwise the difference of the two could be small.
    """

    key: str
    parts: tuple[tuple[str, ...], ...] = ()
    twin: "ReleasedTable | None" = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The indicators that the table may publish."""
        own = (self.key, *(key for breakdown in self.parts for key in breakdown))
        return own + (self.twin.keys if self.twin else ())

    @property
    def breakdowns(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The parts of the table and those of its twin, each over all of their rows."""
        return (self.parts, *(self.twin.breakdowns if self.twin else ()))


_tables: dict[str, ReleasedTable] = {}


def declare_tables(*tables: ReleasedTable) -> None:
    """Register tables; called once, when the application that counts the rows is ready."""
    for table in tables:
        _tables[table.key] = table


def released_tables() -> tuple[ReleasedTable, ...]:
    """Every table, in the order of the applications."""
    return tuple(_tables.values())


def table_of_total(key: str) -> ReleasedTable | None:
    """The table whose total the indicator is; None for a part of one and for any other."""
    return _tables.get(key)
