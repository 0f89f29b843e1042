"""How the reader likes to see a list: its saved views, and the columns that the address chooses."""

from typing import Any

from danchu.subjects.models import SavedView
from danchu.subjects.narrowing import COLUMN, narrowing
from danchu.subjects.order import VietnameseOrder


def views_of(request, listing):
    """The reader's views of the list, by name; read once a request."""
    if not hasattr(request, "saved_views"):
        rows = SavedView.objects.filter(account=request.actor.account_id, listing=listing.name)
        request.saved_views = list(rows.order_by(VietnameseOrder("name")))
    return request.saved_views


def default_query(request, listing):
    """The query string that the list opens with for this reader, "" for none of their own."""
    return next((view.query for view in views_of(request, listing) if view.is_default), "")


def view_context(request, listing, query) -> dict[str, Any]:
    """What the list's own navigation shows: the saved views, which of them is open, and the columns
    as (column, whether it is shown).
    """
    saved = narrowing(listing, query)
    text = saved.urlencode()
    views = views_of(request, listing)
    chosen = query.getlist(COLUMN)
    names = chosen or [column.name for column in listing.page_columns]
    return {
        "views": views,
        "view_here": next((view for view in views if view.query == text), None),
        "is_whole": not text,
        "query_kept": text,
        "columns_asked": chosen,
        "columns_offered": [
            (column, column.name in names) for column in listing.columns if not column.links
        ],
        "kept_pairs": [
            (name, value) for name, values in saved.lists() if name != COLUMN for value in values
        ],
    }
