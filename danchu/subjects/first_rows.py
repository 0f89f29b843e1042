"""Lists that a page cuts: how many rows it shows, of how many, and how to read the rest.

`first_rows` cuts a list; the tag `{% shown_of rows %}` says what was cut, with the address that
shows more: the same page with `most`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from danchu.kernel.addresses import number_in

PARAMETER = "most"
MOST_ON_A_PAGE = 5_000


class FirstRows(list[Any]):
    """The first rows of a list; `total` is the number of all, None where there are more than anyone
    counted.
    """

    def __init__(self, rows: Iterable[Any], total: int | None) -> None:
        super().__init__(rows)
        self.total = total

    @property
    def is_cut(self) -> bool:
        return self.total is None or self.total > len(self)

    def each(self, display: Callable[[Any], Any]) -> FirstRows:
        """What `display` makes of each row."""
        return FirstRows(map(display, self), self.total)


def first_rows(
    rows: QuerySet[Any] | list[Any], most: int, query: Mapping[str, str] | None = None
) -> FirstRows:
    """The first `most` rows, or as many as the query of the address asks for."""
    limit = limit_in(query, most)
    if isinstance(rows, list):
        return FirstRows(rows[:limit], len(rows))
    first = list(rows[: limit + 1])
    total = len(first) if len(first) <= limit else rows.count()
    return FirstRows(first[:limit], total)


def uncounted(find: Callable[[int], Iterable[Any]], limit: int) -> FirstRows:
    """The first `limit` rows of those that `find(most)` returns, where counting all is slow."""
    rows = list(find(limit + 1))
    return FirstRows(rows[:limit], None if len(rows) > limit else len(rows))


def limit_in(query: Mapping[str, str] | None, most: int) -> int:
    """How many rows the query asks for; at least `most`."""
    number = number_in(query.get(PARAMETER, ""), 6) if query else None
    return min(max(most, number or 0), MOST_ON_A_PAGE)
