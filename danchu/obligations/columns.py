"""The column of lists whose records have an obligation."""

from typing import Any

from danchu.subjects.listing import Column, Line


def _due_on(line: Line) -> Any:
    return line.row.obligation and line.row.obligation.due_on


def due_column(label: Any) -> Column:
    """The day until which the `obligation` of the row is owed; None where it owes nothing."""
    return Column("due_on", label, _due_on, is_due=True)
