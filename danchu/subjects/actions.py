"""Saving, changing and removing one's own views of a list."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.people.models import Account
from danchu.subjects.listing import Listing
from danchu.subjects.models import SavedView
from danchu.subjects.narrowing import narrowing, shown_columns

MOST_VIEWS = 20
LONGEST_NAME = 60
LONGEST_QUERY = 2000


@transaction.atomic
def save_view(
    listing: Listing, *, by: Acting, name: str, query: Any, is_default: bool = False
) -> SavedView:
    """Save the filters, order and columns of `query` as a view of one's own; one of the same name
    is replaced. Refused where the list does not read them, or there are too many views; Denied
    without an account or for a list that one may not see.
    """
    require(by.account_id is not None, _("Hãy đăng nhập."))
    views = _own_views(by, listing.name)
    name = _checked_name(name)
    query = narrowing(listing, query)
    listing.narrowed_rows(by, query)
    shown_columns(listing, query)
    text = query.urlencode()
    if len(text) > LONGEST_QUERY:
        raise Refused(_("Cách xem này dài quá: hãy bớt chữ ở các ô lọc."), "name")
    account = Account.objects.select_for_update(no_key=True).get(pk=by.account_id)
    view = views.filter(name=name).first()
    if view is None and views.count() >= MOST_VIEWS:
        raise Refused(
            _("Mỗi danh sách giữ nhiều nhất %s cách xem: hãy bỏ bớt.") % MOST_VIEWS, "name"
        )
    if is_default:
        views.update(is_default=False)
    view = view or SavedView(account=account, listing=listing.name, name=name)
    view.query = text
    view.is_default = is_default
    view.save()
    record(by, "saved_view.saved", view, listing=listing.name)
    return view


@transaction.atomic
def change_view(view: SavedView, *, by: Acting, name: str, is_default: bool) -> SavedView:
    """Rename a view of one's own, and say whether it is the one that the list opens with. Refused
    where another one has the name; Denied for a view of somebody else.
    """
    require(view.account_id == by.account_id)
    views = _own_views(by, view.listing)
    name = _checked_name(name)
    if views.filter(name=name).exclude(pk=view.pk).exists():
        raise Refused(_("Đã có cách xem tên “%s” ở danh sách này.") % name, "name")
    if is_default:
        views.exclude(pk=view.pk).update(is_default=False)
    if not views.filter(pk=view.pk).update(name=name, is_default=is_default):
        raise Refused(_("Cách xem này không còn."))
    view.name, view.is_default = name, is_default
    record(by, "saved_view.changed", view, listing=view.listing)
    return view


@transaction.atomic
def remove_view(view: SavedView, *, by: Acting) -> None:
    """Remove a view of one's own; nothing to do where it is gone. Denied for somebody else's."""
    require(view.account_id == by.account_id)
    views = _own_views(by, view.listing)
    removed, _rows = views.filter(pk=view.pk).delete()
    if removed:
        record(by, "saved_view.removed", view, listing=view.listing)


def _own_views(by: Acting, listing: str) -> Any:
    """The views that the account has of the list. The account is locked: two forms sent at once
    come one after the other.
    """
    list(Account.objects.select_for_update().filter(pk=by.account_id))
    return SavedView.objects.filter(account=by.account_id, listing=listing)


def _checked_name(name: str) -> str:
    name = clean(name)
    if not name:
        raise Refused(_("Hãy đặt tên cho cách xem."), "name")
    if len(name) > LONGEST_NAME:
        raise Refused(_("Tên cách xem dài nhất %s chữ.") % LONGEST_NAME, "name")
    return name
