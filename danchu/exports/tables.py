"""The declared lists as tables that can be written to files in the background."""

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
    """`rows(after)` gives (mark, cells) in the order of the list, beginning behind the row of that
    mark (None: with the first). A mark is a text; cells are texts, whole numbers and None.
    """

    head: list
    rows: Callable


def listing_named(name):
    """The declared list of this name; None when there is none."""
    return next((one.listing for one in sections() if one.listing.name == name), None)


def table(listing, actor, query):
    """The list as the actor may see it, narrowed and sorted by a QueryDict of its own address;
    Denied, or Refused by field.
    """
    require(not actor.is_public)
    query = listing.without_names(query)
    rows = listing.narrowed_rows(actor, query)
    return Table(listing.head(), partial(_rows, listing, rows, listing.file_order(query)))


def _rows(listing, rows, order, after):
    for mark, cells in listing.cells_behind(rows, order, after or ""):
        [cells] = written([cells])
        yield mark, cells


def actor_of(export):
    """The actor who asked for an export, with the rights of today."""
    return Actor.of(export.account, second_factor=export.second_factor)


def rights_digest(actor):
    """What the actor may do, as a hash: another one means other rights."""
    rights = [("", actor.rights), *sorted(actor.lent.items())]
    parts = [
        (principal, verb, kind, units if units is None else sorted(units))
        for principal, given in rights
        for (verb, kind), units in sorted(given.items())
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def table_of(export, actor):
    """The table an export is of, as the actor may see it now; Denied or Refused when not."""
    listing = listing_named(export.name)
    if listing is None:
        raise Refused(_("Không có danh sách nào như vậy."))
    return table(listing, actor, QueryDict(export.query))
