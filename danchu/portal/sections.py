"""The public pages of a subject, from what its room declares: list, files, one record."""

from django.shortcuts import get_object_or_404
from django.urls import path

from danchu.kernel.days import today
from danchu.look.lists import ListFace
from danchu.look.pages import page
from danchu.units.names import name_of


class PublicFace(ListFace):
    """The views of one public section."""

    is_private = False

    def urls(self):
        """The addresses of the section, named after its list and its record."""
        section = self.section
        name = self.section.listing.name
        addresses = [
            path(f"{name}/", self.list, name=self.list_address),
            path(f"{name}.csv", self.csv, name=f"{self.list_address}_csv"),
            path(f"{name}.xlsx", self.xlsx, name=f"{self.list_address}_xlsx"),
        ]
        if section.record:
            row = f"{name}/<uuid:{section.key}>/"
            addresses.append(path(row, self.record, name=self.record_address))
        return addresses

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
