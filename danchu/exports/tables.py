"""Declared lists as resumable tables: the source of rows of a background export."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.http import QueryDict
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused, require
from danchu.look.sheets import written
from danchu.people.actor import Actor
from danchu.subjects.room import sections


@dataclass(frozen=True)
class Table:
    """`rows(after)` yields (key, cells) in the order of the list, starting behind the row with that
    paging key (None: from the first row). A key is a string; cells are strings, integers and None.
    `number()` counts the rows.
    """

    head: list
    rows: Callable
    number: Callable


def listing_named(name):
    """The declared list of this name; None when there is none."""
    return next((section.listing for section in sections() if section.listing.name == name), None)


def table(listing, actor, query):
    """The Table of the rows the actor may see, filtered and sorted by the QueryDict `query`.

    Denied for the public; Refused, on its field, for a filter that does not parse.
    """
    require(not actor.is_public)
    query = listing.without_names(query)
    rows = listing.narrowed_rows(actor, query)
    cells = partial(_rows, listing, rows, listing.file_order(query))
    return Table(listing.head(), cells, rows.count)


def _rows(listing, rows, order, after):
    for key, cells in listing.cells_behind(rows, order, after or ""):
        [cells] = written([cells])
        yield key, cells


def actor_of(export):
    """The Actor of the account that requested the export, with its rights of today."""
    return Actor.of(export.account, second_factor=export.second_factor)


def rights_digest(actor):
    """SHA-256 of everything the actor may do: two digests differ when the rights differ."""
    rights = [("", actor.rights), *sorted(actor.lent.items())]
    parts = [
        (principal, verb, kind, units if units is None else sorted(units))
        for principal, scopes in rights
        for (verb, kind), units in sorted(scopes.items())
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def table_of(export, actor):
    """The Table of an export with the rights of `actor`; Denied or Refused like `table`."""
    listing = listing_named(export.name)
    if listing is None:
        raise Refused(_("Không có danh sách nào như vậy."))
    return table(listing, actor, QueryDict(export.query))
