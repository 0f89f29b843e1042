"""The reader's own views of the lists: saved from what the address says, renamed, removed."""

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from danchu.desk.guard import official
from danchu.desk.sections import Face
from danchu.kernel.refusals import Refused
from danchu.subjects.actions import change_view, remove_view, save_view
from danchu.subjects.models import SavedView
from danchu.subjects.narrowing import narrowing
from danchu.subjects.room import sections


@official
@require_POST
def save(request):
    """Save what the address of a list says under a name; back to the list as it was."""
    section = _section(request.POST.get("listing", ""))
    query = QueryDict(request.POST.get("query", ""))
    try:
        view = save_view(
            section.listing,
            by=request.actor,
            name=request.POST.get("name", ""),
            query=query,
            is_default=bool(request.POST.get("is_default")),
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _to_list(section, narrowing(section.listing, query).urlencode())
    messages.success(request, _("Đã lưu cách xem “%s”.") % view.name)
    return _to_list(section, view.query)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk):
    """Rename one of the reader's views, make it the first or remove it; opened as a page, the
    address leads to the list in this view.
    """
    view = get_object_or_404(SavedView, pk=pk, account=request.actor.account_id)
    section = _section(view.listing)
    if request.method != "POST":
        return _to_list(section, view.query)
    if "remove" in request.POST:
        remove_view(view, by=request.actor)
        messages.success(request, _("Đã bỏ cách xem “%s”.") % view.name)
        return _to_list(section, view.query)
    try:
        change_view(
            view,
            by=request.actor,
            name=request.POST.get("name", ""),
            is_default=bool(request.POST.get("is_default")),
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Đã lưu cách xem “%s”.") % view.name)
    return _to_list(section, view.query)


def _section(name):
    """The section whose list has this name and an address of its own; 404 where there is none."""
    for section in sections():
        if section.listing.name == name and section.parent is None:
            return section
    raise Http404


def _to_list(section, query):
    return redirect(f"{reverse(Face(section).list_address)}?{query or 'typed=1'}")
