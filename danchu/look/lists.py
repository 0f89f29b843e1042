"""The page and the files of a declared list, for the desk and for the public site alike."""

from dataclasses import dataclass
from typing import ClassVar

from django.urls import path
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.look.sheets import csv_answer, written, xlsx_answer
from danchu.subjects.sections import Section


@dataclass(frozen=True)
class ListFace:
    """The views of the list of one section. `prefix` begins the names of its addresses."""

    section: Section
    prefix: ClassVar[str] = ""
    template: ClassVar[str] = "list.html"
    # Whether a file of the list is kept by nobody on the way.
    is_private: ClassVar[bool] = True

    @property
    def list_address(self):
        return f"{self.prefix}{self.section.listing.name}".replace("-", "_")

    @property
    def record_address(self):
        return f"{self.prefix}{self.section.one}"

    @property
    def row_route(self):
        """The route of one record."""
        kind = "int" if self.section.key == "pk" else "uuid"
        return f"{self.section.listing.name}/<{kind}:{self.section.key}>/"

    def list_urls(self, wrap=lambda view: view, wrap_page=lambda view: view):
        """The addresses of the page and the files; every view passes through `wrap`, the page
        through `wrap_page` before.
        """
        name = self.section.listing.name
        return [
            path(f"{name}/", wrap(wrap_page(self.list)), name=self.list_address),
            path(f"{name}.csv", wrap(self.csv), name=f"{self.list_address}_csv"),
            path(f"{name}.xlsx", wrap(self.xlsx), name=f"{self.list_address}_xlsx"),
        ]

    def list(self, request):
        """The rows the reader may see; what does not read stands on its field and nothing is
        lost.
        """
        listing = self.section.listing
        filters = listing.narrowed(request.actor, request.GET)
        problem = "" if filters.is_valid() else _("Có ô lọc chưa đúng: hãy sửa ô được đánh dấu.")
        rows = None
        if not problem:
            try:
                rows = listing.page(filters.qs, request.GET)
            except Refused as refusal:
                problem = refusal.message
        listing.number_choices(filters)
        return page(
            request,
            self.section.template or self.template,
            status=400 if problem else 200,
            subject=self.section,
            listing=listing,
            form=filters.form,
            problem=problem,
            found=rows,
            total=listing.total(filters.qs, request.GET) if rows else None,
            lines=listing.lines(rows.rows) if rows else [],
            links=[link for link in self.section.links if link.allows(request.actor)],
            record_address=self.record_address,
            csv_address=f"{self.list_address}_csv",
            xlsx_address=f"{self.list_address}_xlsx",
            asked=request.GET,
            **self.list_context(request),
            **self.section.beside(request.actor, filters.qs.none() if problem else filters.qs),
        )

    def list_context(self, request):
        """What the surface's own template needs beside the list."""
        return {}

    def csv(self, request):
        return self._file(request, "csv", csv_answer)

    def xlsx(self, request):
        return self._file(request, "xlsx", xlsx_answer)

    def _file(self, request, ending, answer):
        listing = self.section.listing
        rows = listing.asked(request.actor, request.GET)
        rows = listing.ordered(rows, listing.file_order(request.GET))
        instead = self.instead_of_file(request, rows, ending)
        if instead:
            return instead
        cells = written(listing.all_cells(rows))
        return answer(listing.file_name, listing.head(), cells, private=self.is_private)

    def instead_of_file(self, request, rows, ending):
        """What a surface answers where the file should not be written at once; else None."""
