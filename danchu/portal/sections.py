"""The public pages of a subject, from what its room declares: list, files, one record."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import path

from danchu.kernel.days import today
from danchu.look.lists import ListFace
from danchu.look.pages import page
from danchu.look.sheets import too_long
from danchu.units.names import name_of


class PublicFace(ListFace):
    """The views of one public section."""

    is_private = False

    def urls(self):
        """The addresses of the section, named after its list and its record."""
        addresses = self.list_urls()
        if self.section.record:
            addresses.append(path(self.row_route, self.record, name=self.record_address))
        return addresses

    def most_rows(self, ending):
        """A workbook is made whole before it is sent; a CSV is streamed, however long."""
        return settings.EXPORT_ROWS if ending == "xlsx" else None

    def instead_of_file(self, request, query, ending):
        """Nobody has to log in here: a workbook too long to be made while they wait is refused."""
        raise too_long()

    def record(self, request, **named):
        """One record as everyone may read it; `named` is its part of the address."""
        declared = self.section.record
        row = get_object_or_404(declared.rows(request.actor), **named)
        unit, day = self.section.listing.placed(row)
        return page(
            request,
            declared.template,
            subject=self.section,
            it=row,
            day=today(),
            where=name_of(unit, day),
            placed_on=day,
            title=declared.title(row),
            state=declared.state(row),
            list_address=self.list_address,
            **declared.facts(row, request.actor),
        )
