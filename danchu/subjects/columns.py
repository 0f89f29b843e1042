"""Columns that many lists have, with the same name and heading in each of them."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from danchu.subjects.listing import Column, Line

# The place of the row: on the page it stands under the title, or in a column of the list's own.
PLACE = Column("place", _("Nơi"), lambda line: line.where, on_page=False)


def _state_of_row(line: Line) -> Any:
    return line.row.get_state_display()


def state_column(value: Callable[[Line], Any] = _state_of_row, **more: Any) -> Column:
    """The state of the record as a tag: the word of its field `state`, or what `value` returns."""
    return Column("state", _("Trạng thái"), value, is_state=True, **more)
