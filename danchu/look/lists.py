"""The page and the files of a declared list, for the desk and the public site."""

from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import urlencode

from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.look.sheets import csv_answer, written, xlsx_answer
from danchu.subjects.filters import TYPED
from danchu.subjects.narrowing import COLUMN, shown_columns
from danchu.subjects.sections import Section

# The value by which a filter that a list begins with (`Listing.defaults`) narrows nothing.
ALL = "all"


@dataclass(frozen=True)
class ListFace:
    """The views of the list of one section. `prefix` begins the names of its addresses."""

    section: Section
    prefix: ClassVar[str] = ""
    template: ClassVar[str] = "list.html"
    # Whether caches may not store the files of the list.
    is_private: ClassVar[bool] = True

    @property
    def list_address(self):
        """The name of the address of the list."""
        return f"{self.prefix}{self.section.listing.name}".replace("-", "_")

    @property
    def record_address(self):
        """The name of the address of one record."""
        return f"{self.prefix}{self.section.one}"

    @property
    def list_route(self):
        """The route of the list, without what ends it."""
        parent = self.section.parent
        return f"{parent.route if parent else ''}{self.section.listing.name}"

    @property
    def row_route(self):
        """The URL pattern of one record."""
        kind = "int" if self.section.key == "pk" else "uuid"
        return f"{self.list_route}/<{kind}:{self.section.key}>/"

    def list_urls(self, wrap=lambda view: view, wrap_page=lambda view: view):
        """The URL patterns of the page and the files. `wrap` decorates every view, `wrap_page` the
        page in addition, inside `wrap`.
        """
        route = self.list_route
        return [
            path(f"{route}/", wrap(wrap_page(self.list)), name=self.list_address),
            path(f"{route}.csv", wrap(self.csv), name=f"{self.list_address}_csv"),
            path(f"{route}.xlsx", wrap(self.xlsx), name=f"{self.list_address}_xlsx"),
        ]

    def list(self, request, **named):
        """The page of the rows that the reader may see. A filter that does not parse is reported on
        its field with status 400, and everything typed is kept.
        """
        return self.list_page(request, named)

    def list_page(self, request, named, status=200, **more):
        """The page of the list. `named` are the captured parts of its address; `more` is added to
        the context, replacing what the section gives.
        """
        listing = self.section.listing
        parent = self._parent(request.actor, named)
        query = self.query(request, named)
        filters = listing.bound_filters(request.actor, query)
        problem = "" if filters.is_valid() else _("Có ô lọc chưa đúng: hãy sửa ô được đánh dấu.")
        rows = None
        columns = listing.page_columns
        if not problem:
            try:
                columns = shown_columns(listing, query)
                rows = listing.page(filters.qs, query)
            except Refused as refusal:
                problem = refusal.message
        listing.number_choices(filters)
        narrowed = filters.qs.none() if problem else filters.qs
        context = {
            "subject": self.section,
            "listing": listing,
            "columns": columns,
            "form": filters.form,
            "problem": problem,
            "filters_used": self._filters_used(query),
            "whole_url": self._whole_url(query),
            "rows_page": rows and replace(rows, query=self._query_in_address(request)),
            "total": rows and listing.total(filters.qs, query, rows),
            "lines": listing.lines(rows.rows) if rows else [],
            "links": [link for link in self.section.links if link.allows(request.actor)],
            "record_address": self.record_address,
            "csv_url": reverse(f"{self.list_address}_csv", kwargs=named),
            "xlsx_url": reverse(f"{self.list_address}_xlsx", kwargs=named),
            "query": query,
            **self.list_context(request, query),
            **self.section.beside(request.actor, narrowed),
            **self.section.on_page(request.actor, rows.rows if rows else []),
            **(self.section.parent.context(parent) if parent else {}),
            **more,
        }
        template = self.section.template or self.template
        return page(request, template, status=400 if problem else status, **context)

    def _filters_used(self, query):
        """How many filters the reader has set; the record that the whole list belongs to is none,
        and no more is the choice of everything.
        """
        listing = self.section.listing
        parent = self.section.parent
        own = {parent.filter} if parent else set()
        whole = {(name, ALL) for name in listing.defaults({})}
        values = [(name, query.get(name)) for name in listing.filters if name not in own]
        return sum(1 for pair in values if pair[1] and pair not in whole)

    def _whole_url(self, query):
        """The list without its filters, in the order and with the columns asked for; "" where
        nothing narrows it.
        """
        listing = self.section.listing
        values = {
            **listing.defaults(query),
            **{name: value for name in query if (value := query[name])},
        }
        whole = dict.fromkeys(listing.defaults({}), ALL)
        is_whole = all(values.get(name) == ALL for name in whole)
        if is_whole and not self._filters_used(query):
            return ""
        pairs = [
            (name, value) for name in ("sort", COLUMN) for value in query.getlist(name) if value
        ]
        return f"?{urlencode([(TYPED, '1'), *whole.items(), *pairs])}"

    def query(self, request, named):
        """What narrows and sorts the list, as a QueryDict: from the address, or from the body where
        the list may be asked by POST; with the record that the whole list belongs to.
        """
        listing = self.section.listing
        if listing.in_body and request.method == "POST":
            query = request.POST.copy()
        else:
            query = listing.without_names(request.GET)
        if self.section.parent:
            query[self.section.parent.filter] = str(named["pk"])
        return query

    def _query_in_address(self, request):
        """What was asked, for the links of the page; empty where it was asked in the body."""
        if self.section.listing.in_body and request.method == "POST":
            return ""
        query = self.section.listing.without_names(request.GET)
        query.pop("after", None)
        return query.urlencode()

    def _parent(self, actor, named):
        """The record that the whole list belongs to; None where the list has none."""
        if self.section.parent is None:
            return None
        record = self.section.parent.find(actor, named["pk"])
        if record is None:
            raise Http404
        return record

    def list_context(self, request, query):
        """{name: value} that the template of a surface needs beside the list, narrowed and sorted
        as `query` says.
        """
        return {}

    def csv(self, request, **named):
        """The filtered list as a CSV. Without a limit (`most_rows`) its rows come from a
        server-side cursor and are streamed, so memory stays constant whatever the length.
        """
        return self._file(request, named, "csv", csv_answer)

    def xlsx(self, request, **named):
        """The filtered list as a workbook, written to a temporary file before it is sent."""
        return self._file(request, named, "xlsx", xlsx_answer)

    def _file(self, request, named, ending, answer):
        listing = self.section.listing
        self._parent(request.actor, named)
        query = self.query(request, named)
        rows = listing.narrowed_rows(request.actor, query)
        rows = listing.ordered(rows, listing.file_order(query))
        most = self.most_rows(ending)
        if most is None:
            cells = listing.all_cells(rows)
        else:
            keys = listing.first_keys(rows, most)
            if keys is None:
                return self.instead_of_file(request, query, ending)
            cells = listing.cells_of_keys(rows, keys)
        return answer(listing.file_name, listing.head(), written(cells), private=self.is_private)

    def most_rows(self, ending):
        """The most rows of a file that is written while the reader waits; None: no limit."""

    def instead_of_file(self, request, query, ending):
        """The response of a surface in place of a file with more rows than that."""
        raise NotImplementedError
