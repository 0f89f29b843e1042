"""Files written in the background at the desk: requested, shown with progress, downloaded."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.desk.guard import official
from danchu.exports.actions import note_download, request_export
from danchu.exports.models import Export, State
from danchu.exports.store import file_path
from danchu.exports.tables import listing_named, table_of
from danchu.exports.writes.pieces import require_same_rights
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.look.sheets import SHEET
from danchu.papers.answers import made_answer
from danchu.subjects.first_rows import first_rows

SHOWN = 50
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": SHEET}


@official
@require_POST
def ask(request):
    """Request a file; redirect to the one in progress where it was requested before."""
    name = request.POST.get("name", "")
    try:
        export = request_export(
            name, request.POST.get("query", ""), request.POST.get("ending", ""), by=request.actor
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("desk_exports")
    return redirect("desk_export", uid=export.uid)


@official
@never_cache
def exports(request):
    """The files the reader requested, the latest first."""
    rows = Export.objects.filter(account=request.actor.account_id).order_by("-pk")
    first = first_rows(rows, SHOWN, request.GET)
    return page(request, "desk/exports.html", rows=first.each(lambda row: (_title(row), row)))


@official
@never_cache
def export(request, uid):
    """Progress of a file; the page reloads by itself until it is ready."""
    row = _own_export(request, uid)
    return page(request, "desk/export.html", row=row, title=_title(row))


@official
@never_cache
def export_file(request, uid):
    """Download the file; only for the account that requested it and still has the same rights."""
    row = _own_export(request, uid)
    if row.state != State.READY:
        return redirect("desk_export", uid=uid)
    require_same_rights(row, request.actor)
    table_of(row, request.actor)
    try:
        file = open(file_path(row), "rb")  # noqa: SIM115  the answer closes it
    except FileNotFoundError as error:
        raise Http404 from error
    note_download(row, by=request.actor)
    name = f"{listing_named(row.name).file_name}.{row.ending}"
    return made_answer(file, name, TYPES[row.ending])


def _own_export(request, uid):
    return get_object_or_404(Export, uid=uid, account=request.actor.account_id)


def _title(row):
    listing = listing_named(row.name)
    return listing.title if listing else row.name
