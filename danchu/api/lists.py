"""api/v1/lists: every declared list as JSON: those of the desk for officials, those of the public
site for everyone else.
"""

from datetime import date
from typing import Any

from django.http import Http404
from ninja import Router, Schema

from danchu.api.schemas import answers
from danchu.kernel.refusals import Denied, all_refusals
from danchu.subjects.keyset import rows_behind
from danchu.subjects.listing import Listing
from danchu.subjects.room import public_sections, sections

lists = Router(tags=["lists"])


class Described(Schema):
    """One list: its `name` in the address, its columns by name, the parameters that filter it."""

    name: str
    title: str
    columns: dict[str, str]
    filters: dict[str, str]
    sorts: list[str]


class Rows(Schema):
    """One page. `next` is the parameter `after` of the next page, null on the last."""

    rows: list[dict[str, Any]]
    next: str | None


@lists.get("", response=answers(list[Described]), operation_id="lists")
def index(request):
    """The lists this reader may read."""
    return [_description(section.listing) for section in _readable(request.actor)]


@lists.get("{name}", response=answers(Rows), operation_id="list")
def rows(request, name: str):
    """One page of a list, filtered and sorted by its parameters. Those that are invalid are refused
    together, by field.
    """
    section = _section(request.actor, name)
    listing = section.listing
    query = listing.without_names(request.GET)
    with all_refusals() as rule:
        with rule():
            narrowed_rows = listing.narrowed_rows(request.actor, query)
        with rule():
            _check_mark(listing, request.actor, query)
    page = listing.page(narrowed_rows, query)
    return {
        "rows": [_row_json(section, line) for line in listing.lines(page.rows)],
        "next": page.after or None,
    }


def _check_mark(listing, actor, query):
    """Refused where `after` is no mark of a row in the order of the query."""
    if query.get("after"):
        rows_behind(listing.rows(actor), *listing.order(query), query["after"])


def _readable(actor):
    """Officials read the lists of the desk, everyone else those of the public site."""
    return public_sections() if actor.is_public else sections()


def _section(actor, name):
    """The section of a list. Raises Denied if only officials may read it, else Http404."""
    for section in _readable(actor):
        if section.listing.name == name:
            return section
    if actor.is_public and any(section.listing.name == name for section in sections()):
        raise Denied
    raise Http404


def _description(listing: Listing):
    return {
        "name": listing.name,
        "title": str(listing.title),
        "columns": {column.name: str(column.label) for column in listing.columns},
        "filters": {
            name: str(declared.label)
            for name, declared in listing.filters.items()
            if name not in listing.in_body
        },
        "sorts": list(listing.sorts),
    }


def _row_json(section, line):
    values = {column.name: _plain(column.read(line)) for column in section.listing.columns}
    return {section.key: str(getattr(line.row, section.key)), **values}


def _plain(value):
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
