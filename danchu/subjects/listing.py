"""A list, declared once: its columns, what it is narrowed and sorted by, and whose right it needs.

From the declaration come the page, CSV, XLSX and JSON, so that all of them hold the same rows and
refuse the same things. Pages follow one another by key, so that a million rows page like a
thousand.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from typing import Any

import django_filters
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from danchu.kernel.addresses import number_in
from danchu.kernel.refusals import Refused, require
from danchu.units.names import names_of

PAGE = 50
# Rows of a file are read in pieces of this many, so that a long list is never in memory at once.
PIECE = 1000
# What a list has unless its declaration says why not.
EXPECTED_FILTERS = ("unit", "since", "last", "q", "state")
FEWEST_SORTS = 2


@dataclass(frozen=True)
class Line:
    """One row with what its page needs beside it: the name of its place, `more` by name.

    `beside` reads that of all rows of the page, once, when the first column asks for it.
    """

    row: Any
    where: str = ""
    beside: Callable[[], Mapping[int, Mapping[str, Any]]] = dict

    @property
    def more(self) -> Mapping[str, Any]:
        return self.beside().get(self.row.pk, {})


@dataclass(frozen=True)
class Column:
    """One column. `value(line)` is a text, number, day, bool or None.

    `sort` is the field by which a reader may order the list, never null. `links`: the value leads
    to the record, with `under(line)` in small letters below. `on_page` False: only in files and
    for machines; `in_files` False: never in a file, as where the law prescribes its columns.
    `is_state`: shown as a tag, in the colour that `tag(line)` names.
    """

    name: str
    label: Any
    value: Callable[[Line], Any]
    sort: str = ""
    links: bool = False
    under: Callable[[Line], Any] | None = None
    is_state: bool = False
    tag: Callable[[Line], str] | None = None
    on_page: bool = True
    in_files: bool = True
    is_number: bool = False

    def read(self, line: Line) -> Any:
        """The value, with words in the reader's language."""
        value = self.value(line)
        return str(value) if isinstance(value, Promise) else value


@dataclass(frozen=True)
class Page:
    """One page: its `rows`; `after` leads on, empty on the last page; `query` is what was asked,
    without the page.
    """

    rows: list[Any]
    after: str
    query: str


@dataclass(frozen=True)
class Total:
    """How many rows a narrowed list has: `number`, or more than that."""

    number: int
    is_more: bool


class _Filters(django_filters.FilterSet):
    """The filters of one list, and who asks."""

    actor: Any = None


class _NoModel:
    """The filters are all declared; none is made from the model."""

    fields: list[str] = []


@dataclass(frozen=True)
class Listing:
    """`rows(actor)` are those the actor may see; `lines(rows)` reads what their page needs, at a
    fixed number of queries. `placed(row)` is (unit id, day) of the place's name. `allows(actor)`
    says who may see the list at all; `denied` is what anybody else reads. `defaults(query)` is what
    the filters take where nothing was asked. `first(rows, size)` reads the first of ordered rows,
    for a table so large that the order is found from an index alone. `lead` stands under the title.

    Where the reader asks for no order it is `sorted_by` (as `sort` in an address), by default the
    first sort downwards; `files_sorted_by` is that of a file, where the law has another order for
    it than a reader looks for. `count_to(query)` is how far the page counts the rows, for a list
    whose length says something.

    `lacks` gives the reason for each of EXPECTED_FILTERS, or "sorts", that the list does not have.
    """

    name: str
    title: Any
    rows: Callable[[Any], QuerySet]
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
    lacks: Mapping[str, Any] = field(default_factory=dict)
    allows: Callable[[Any], bool] = lambda actor: True
    denied: Any = ""
    defaults: Callable[[Mapping[str, Any]], Mapping[str, str]] = lambda query: {}
    first: Callable[[QuerySet, int], Iterable[Any]] = lambda rows, size: rows[:size]
    filter_set: type[_Filters] = field(init=False)

    def __post_init__(self) -> None:
        declared = {**self.filters, "Meta": _NoModel}
        made = type("Filters", (_Filters,), declared)
        object.__setattr__(self, "filter_set", made)

    @property
    def sorts(self) -> tuple[str, ...]:
        """The fields a reader may sort by, the default first."""
        return tuple(column.sort for column in self.columns if column.sort)

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns of the page."""
        return tuple(column for column in self.columns if column.on_page)

    @property
    def written(self) -> tuple[Column, ...]:
        """The columns of a file."""
        return tuple(column for column in self.columns if column.in_files)

    def narrowed(self, actor: Any, query: Mapping[str, Any]) -> _Filters:
        """The filters bound to what was asked: `.is_valid()`, `.form` and `.qs`; Denied when the
        actor may not see the list.
        """
        require(self.allows(actor), self.denied)
        unasked = self.defaults(query)
        if unasked:
            query = {name: value for name in query if (value := query[name])}
            query = {**unasked, **query}
        filters = self.filter_set(query, queryset=self.rows(actor))
        filters.actor = actor
        return filters

    def asked(self, actor: Any, query: Mapping[str, Any]) -> QuerySet:
        """The narrowed rows in the order asked for; Refused by field when a filter does not
        read.
        """
        filters = self.narrowed(actor, query)
        refuse_errors(filters.form)
        return self.ordered(filters.qs, query)

    def ordered(self, rows: QuerySet, query: Mapping[str, Any]) -> QuerySet:
        key, down = self.order(query)
        mark = "-" if down else ""
        return rows.order_by(f"{mark}{key}", f"{mark}pk")

    def order(self, query: Mapping[str, Any]) -> tuple[str, bool]:
        """(field, whether downwards)"""
        wanted = query.get("sort", "") or self.sorted_by or f"-{self.sorts[0]}"
        key = wanted.removeprefix("-")
        if key not in self.sorts:
            raise Refused(_("Không xếp được danh sách theo “%s”.") % key[:30], "sort")
        return key, wanted.startswith("-")

    def file_order(self, query: Mapping[str, Any]) -> dict[str, str]:
        """What `order` is asked for a file: an address without an order has that of files."""
        return {"sort": query.get("sort", "") or self.files_sorted_by}

    def page(self, rows: QuerySet, query: Any) -> Page:
        """The page of the narrowed rows behind `after`; Refused when that does not read."""
        key, down = self.order(query)
        rows = self.ordered(rows, query)
        if query.get("after"):
            rows = _behind(rows, key, down, query["after"])
        some = list(self.first(rows, PAGE + 1))
        after = _mark(some[PAGE - 1], key) if len(some) > PAGE else ""
        kept = query.copy()
        kept.pop("after", None)
        return Page(some[:PAGE], after, kept.urlencode())

    def number_choices(self, filters: django_filters.FilterSet) -> None:
        """Write beside the choices that a filter counts how many rows each has for who reads."""
        for name, one in filters.filters.items():
            if getattr(one, "counted", ()):
                filters.form.fields[name].choices = one.numbered(filters.queryset)

    def total(self, rows: QuerySet, query: Mapping[str, Any]) -> Total | None:
        """How many the narrowed rows are, as far as the list counts them."""
        if self.count_to is None:
            return None
        most = self.count_to(query)
        number = rows.order_by()[: most + 1].count()
        return Total(min(number, most), number > most)

    def lines(self, rows: Iterable[Model]) -> list[Line]:
        """The rows with the names of their places; one reading of names for all."""
        rows = list(rows)
        names = names_of({self.placed(row) for row in rows})
        beside = cache(partial(self.more, rows)) if self.more else dict
        return [Line(row, names[self.placed(row)], beside) for row in rows]

    def head(self) -> list[str]:
        return [str(column.label) for column in self.written]

    def cells(self, line: Line) -> list[Any]:
        return [column.read(line) for column in self.written]

    def all_cells(self, rows: QuerySet) -> Iterator[list[Any]]:
        """Every row as a list of cells, read in pieces."""
        piece: list[Model] = []
        for row in rows.iterator(PIECE):
            piece.append(row)
            if len(piece) == PIECE:
                yield from map(self.cells, self.lines(piece))
                piece = []
        yield from map(self.cells, self.lines(piece))

    def cells_behind(
        self, rows: QuerySet, query: Mapping[str, Any], after: str = ""
    ) -> Iterator[tuple[str, list[Any]]]:
        """(mark, cells) of every row behind the one whose mark is `after`, a piece a query, so
        that whoever is interrupted goes on from the last mark.
        """
        key, down = self.order(query)
        rows = self.ordered(rows, query)
        while True:
            behind = _behind(rows, key, down, after) if after else rows
            piece = list(self.first(behind, PIECE))
            for line in self.lines(piece):
                after = _mark(line.row, key)
                yield after, self.cells(line)
            if len(piece) < PIECE:
                return


def refuse_errors(form: Any) -> None:
    """Refused by field with the first error of a form that does not read."""
    for name, errors in form.errors.items():
        raise Refused(errors[0], name)


def _behind(rows: QuerySet, key: str, down: bool, after: str) -> QuerySet:
    """The rows behind the one whose mark is `after`."""
    wrong = Refused(_("Địa chỉ trang tiếp theo không đúng. Hãy quay lại đầu danh sách."), "after")
    number, dot, text = after.partition(".")
    last = number_in(number)
    if not dot or last is None:
        raise wrong
    try:
        value = rows.model._meta.get_field(key).to_python(text)
    except Exception:
        raise wrong from None
    side = "lt" if down else "gt"
    beyond = Q(**{f"{key}__{side}": value})
    level = Q(**{key: value, f"pk__{side}": last})
    return rows.filter(beyond | level, **{f"{key}__{side}e": value})


def _mark(row: Any, key: str) -> str:
    value = getattr(row, key)
    return f"{row.pk}.{value.isoformat() if hasattr(value, 'isoformat') else value}"
