"""A list, declared once: its columns, filters and sorts, and who may see it.

The page, CSV, XLSX and JSON come from the declaration, so that all of them hold the same rows and
refuse the same things. Paging is by key (keyset pagination), so that a million rows page as fast as
a thousand.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.subjects.filter_set import ListFilters
from danchu.subjects.forms import refuse_errors
from danchu.subjects.keyset import Page, Total, mark_of, rows_behind
from danchu.subjects.order import ordering
from danchu.units.names import names_of

PAGE = 50
# Rows of a file are read in pieces of this many, so that a long list is never in memory at once.
PIECE = 1000
# Filters that every list has unless its declaration says why not.
EXPECTED_FILTERS = ("unit", "since", "last", "q", "state")
FEWEST_SORTS = 2


@dataclass(frozen=True)
class Line:
    """One row with the name of its place and the further values of the page, `more` by name.

    `beside` reads those of all rows of the page at once, when the first column asks for them.
    """

    row: Any
    where: str = ""
    beside: Callable[[], Mapping[int, Mapping[str, Any]]] = dict

    @property
    def more(self) -> Mapping[str, Any]:
        return self.beside().get(self.row.pk, {})


@dataclass(frozen=True)
class Column:
    """One column. `value(line)` is a text, number, day, bool or None; by default it is what the row
    has under the `name`.

    `sort` is the field by which a reader may order the list, never null; `within` the one by which
    it is ordered before, as a number that begins anew in each village. `links`: the value leads
    to the record, with `under(line)` in small letters below. `on_page` False: only in files and
    for machines; `in_files` False: never in a file, as where the law prescribes its columns.
    `is_due`: the last day for something, which the page of a place shows beside the title.
    `is_state`: shown as a tag, in the colour that `tag(line)` names.
    """

    name: str
    label: Any
    value: Callable[[Line], Any] | None = None
    sort: str = ""
    within: str = ""
    links: bool = False
    under: Callable[[Line], Any] | None = None
    is_state: bool = False
    tag: Callable[[Line], str] | None = None
    on_page: bool = True
    in_files: bool = True
    is_number: bool = False
    is_due: bool = False

    def read(self, line: Line) -> Any:
        """The value, with words in the reader's language."""
        value = self.value(line) if self.value else getattr(line.row, self.name)
        return str(value) if isinstance(value, Promise) else value


class _NoModel:
    """No filter is derived from a model: all are declared."""

    fields: list[str] = []


@dataclass(frozen=True)
class Listing:
    """`rows(actor)` are those the actor may see; `lines(rows)` reads what their page needs in a
    fixed number of queries. `placed(row)` is (unit id, day) of the place's name. `allows(actor)`
    says who may see the list at all; others are Denied with `denied`. `defaults(query)` are values
    of filters that were left empty. `first(rows, size)` reads the first of ordered rows, for a
    table so large that an index-only scan must find them. `lead` stands under the title.

    `sorted_by` is the default order (as `sort` in an address), itself by default the first sort
    descending; `files_sorted_by` is the order of a file, where the law prescribes another one.
    `count_to(query)` is how far the page counts the rows, for a list whose length matters.

    `in_body` names the filters that never stand in an address, because people's names are typed
    into them: the page sends them in the body of a POST.

    `lacks` gives the reason for each of EXPECTED_FILTERS, or "sorts", that the list does not have.
    """

    name: str
    title: Any
    rows: Callable[[Any], QuerySet[Any]]
    columns: tuple[Column, ...]
    filters: Mapping[str, django_filters.Filter]
    placed: Callable[[Any], tuple[int, date]]
    file_name: str
    empty: Any
    advice: Any = ""
    lead: Any = ""
    sorted_by: str = ""
    files_sorted_by: str = ""
    count_to: Callable[[Mapping[str, Any]], int] | None = None
    more: Callable[[list[Any]], dict[int, Mapping[str, Any]]] | None = None
    in_body: tuple[str, ...] = ()
    lacks: Mapping[str, Any] = field(default_factory=dict)
    allows: Callable[[Any], bool] = lambda actor: True
    denied: Any = ""
    defaults: Callable[[Mapping[str, Any]], Mapping[str, str]] = lambda query: {}
    first: Callable[[QuerySet[Any], int], Iterable[Any]] = lambda rows, size: rows[:size]
    filter_set: type[ListFilters] = field(init=False)

    def __post_init__(self) -> None:
        declared = {**self.filters, "Meta": _NoModel}
        filter_set = type("Filters", (ListFilters,), declared)
        object.__setattr__(self, "filter_set", filter_set)

    @property
    def sorts(self) -> tuple[str, ...]:
        """The fields a reader may sort by, the default first."""
        return tuple(column.sort for column in self.columns if column.sort)

    @property
    def page_columns(self) -> tuple[Column, ...]:
        """The columns of the page where the address chooses none."""
        return tuple(column for column in self.columns if column.on_page)

    @property
    def file_columns(self) -> tuple[Column, ...]:
        """The columns of a file."""
        return tuple(column for column in self.columns if column.in_files)

    def bound_filters(self, actor: Any, query: Mapping[str, Any]) -> ListFilters:
        """The filters bound to the query: `.is_valid()`, `.form` and `.qs`; Denied when the actor
        may not see the list.
        """
        require(self.allows(actor), self.denied)
        defaults = self.defaults(query)
        if defaults:
            query = {name: value for name in query if (value := query[name])}
            query = {**defaults, **query}
        filters = self.filter_set(query, queryset=self.rows(actor))
        filters.actor = actor
        return filters

    def narrowed_rows(self, actor: Any, query: Mapping[str, Any]) -> QuerySet[Any]:
        """The narrowed rows in the order asked for; Refused by field when filters or the order do
        not read.
        """
        filters = self.bound_filters(actor, query)
        with all_refusals() as rule:
            with rule():
                refuse_errors(filters.form)
            with rule():
                self.order(query)
        return self.ordered(filters.qs, query)

    def without_names(self, query: Any) -> Any:
        """A copy of a query from an address, without the filters that may not stand there."""
        query = query.copy()
        for name in self.in_body:
            query.pop(name, None)
        return query

    def ordered(self, rows: QuerySet[Any], query: Mapping[str, Any]) -> QuerySet[Any]:
        key, down = self.order(query)
        return rows.order_by(*ordering(rows.model, key, down))

    def order(self, query: Mapping[str, Any]) -> tuple[str, bool]:
        """(key as `ordering` reads it, whether descending); Refused where the list cannot be sorted
        by it.
        """
        sort = query.get("sort", "") or self.sorted_by or f"-{self.sorts[0]}"
        key = sort.removeprefix("-")
        if key not in self.sorts:
            raise Refused(_("Không xếp được danh sách theo “%s”.") % key[:30], "sort")
        within = next(column.within for column in self.columns if column.sort == key)
        return f"{within} {key}".strip(), sort.startswith("-")

    def file_order(self, query: Mapping[str, Any]) -> dict[str, str]:
        """What `order` is asked for a file: an address without an order has that of files."""
        return {"sort": query.get("sort", "") or self.files_sorted_by}

    def page(self, rows: QuerySet[Any], query: Any) -> Page:
        """The page of the narrowed rows behind `after`; Refused when that does not read."""
        key, down = self.order(query)
        rows = self.ordered(rows, query)
        if query.get("after"):
            rows = rows_behind(rows, key, down, query["after"])
        most = self.count_to(query) if self.count_to and not query.get("after") else 0
        # What is counted a little beyond the page is read with it.
        limit = most if PAGE < most <= 2 * PAGE else PAGE
        read = list(self.first(rows, limit + 1))
        after = mark_of(read[PAGE - 1], key) if len(read) > PAGE else ""
        query_without_page = query.copy()
        query_without_page.pop("after", None)
        is_known = most and (len(read) <= limit or limit >= most)
        total = Total(min(len(read), most), len(read) > most) if is_known else None
        return Page(read[:PAGE], after, query_without_page.urlencode(), total)

    def number_choices(self, filters: django_filters.FilterSet) -> None:
        """Write the number of the reader's rows beside each choice in `counted` of a filter."""
        for name, declared in filters.filters.items():
            if getattr(declared, "counted", ()):
                filters.form.fields[name].choices = declared.numbered(filters.queryset)

    def total(self, rows: QuerySet[Any], query: Mapping[str, Any], page: Page) -> Total | None:
        """The number of narrowed rows, counted up to `count_to` in the order of the list (without
        an order PostgreSQL begins anywhere); None where that is not set.
        """
        if self.count_to is None or page.total:
            return page.total
        most = self.count_to(query)
        number = self.ordered(rows, query)[: most + 1].count()
        return Total(min(number, most), number > most)

    def lines(self, rows: Iterable[Model]) -> list[Line]:
        """The rows with the names of their places, which are read together."""
        rows = list(rows)
        names = names_of({self.placed(row) for row in rows})
        beside = cache(partial(self.more, rows)) if self.more else dict
        return [Line(row, names[self.placed(row)], beside) for row in rows]

    def head(self) -> list[str]:
        return [str(column.label) for column in self.file_columns]

    def cells(self, line: Line) -> list[Any]:
        return [column.read(line) for column in self.file_columns]

    def all_cells(self, rows: QuerySet[Any]) -> Iterator[list[Any]]:
        """Every row as a list of cells, read in pieces."""
        piece: list[Model] = []
        for row in rows.iterator(PIECE):
            piece.append(row)
            if len(piece) == PIECE:
                yield from map(self.cells, self.lines(piece))
                piece = []
        yield from map(self.cells, self.lines(piece))

    def first_keys(self, rows: QuerySet[Any], most: int) -> list[Any] | None:
        """The primary keys of the ordered rows; None when there are more than `most`."""
        keys = list(rows.values_list("pk", flat=True)[: most + 1])
        return keys if len(keys) <= most else None

    def cells_of_keys(self, rows: QuerySet[Any], keys: list[Any]) -> Iterator[list[Any]]:
        """The rows of these keys as lists of cells, in the order of the keys, read in pieces."""
        for start in range(0, len(keys), PIECE):
            piece = keys[start : start + PIECE]
            by_key = {row.pk: row for row in rows.order_by().filter(pk__in=piece)}
            present = [by_key[key] for key in piece if key in by_key]
            yield from map(self.cells, self.lines(present))

    def cells_behind(
        self, rows: QuerySet[Any], query: Mapping[str, Any], after: str = ""
    ) -> Iterator[tuple[str, list[Any]]]:
        """(mark, cells) of every row behind the one whose mark is `after`, one query a piece, so
        that an interrupted job resumes from the last mark.
        """
        key, down = self.order(query)
        rows = self.ordered(rows, query)
        while True:
            behind = rows_behind(rows, key, down, after) if after else rows
            piece = list(self.first(behind, PIECE))
            for line in self.lines(piece):
                after = mark_of(line.row, key)
                yield after, self.cells(line)
            if len(piece) < PIECE:
                return
