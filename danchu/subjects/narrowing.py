"""What an address says of a list: which columns are shown, and what of it is worth keeping."""

from typing import Any

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.subjects.listing import Column, Listing

# The parameter that chooses a column, once for each.
COLUMN = "column"


def shown_columns(listing: Listing, query: Any) -> tuple[Column, ...]:
    """The columns that `column=…` of the query chooses, in the order of the declaration, with the
    one that leads to the record; those of the page where none is chosen. Refused for a column that
    the list does not have.
    """
    names = set(query.getlist(COLUMN))
    if not names:
        return listing.page_columns
    unknown = names - {column.name for column in listing.columns}
    if unknown:
        raise Refused(_("Danh sách không có cột “%s”.") % min(unknown)[:30], COLUMN)
    return tuple(column for column in listing.columns if column.name in names or column.links)


def narrowing(listing: Listing, query: Any) -> Any:
    """A copy of a query with the filters, the order and the columns alone, as an address has them:
    without the page, and without what is empty.
    """
    copy = listing.without_names(query)
    for name, values in list(copy.lists()):
        typed = [value for value in values if value]
        if typed and (name in listing.filters or name in ("sort", COLUMN)):
            copy.setlist(name, typed)
        else:
            del copy[name]
    return copy
