"""Import of a list of delegates: checked and shown first, then written as a whole; bad cells are
shown and can be downloaded.
"""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.conference.actions.delegates import import_delegates
from danchu.conference.input.invitee_list import COLUMNS, read_invitees
from danchu.desk.guard import official
from danchu.desk.views.programme import conference_to_prepare
from danchu.desk.waiting import (
    forget_pending,
    problems_as_csv,
    store_pending,
    with_pending_file,
)
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.look.sheets import csv_answer, xlsx_answer
from danchu.subjects.first_rows import first_rows

SHOWN = 100


@official
def invitees(request, pk):
    """Upload a list."""
    conference = conference_to_prepare(request, pk)
    problem = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise Refused(_("Hãy chọn tệp trước khi gửi."), "file")
            return redirect("desk_invitees_seen", pk=pk, file_hash=store_pending(request, file))
        except Refused as refusal:
            problem = refusal.message
    return page(
        request,
        "desk/invitees.html",
        status=400 if problem else 200,
        record=conference,
        problem=problem,
        columns=list(COLUMNS.values()),
    )


@official
def sample(request, pk, ending):
    """The table to fill in, with one example row."""
    conference_to_prepare(request, pk)
    head = [str(title) for title, _how, _example in COLUMNS.values()]
    lines = [[str(example) for _title, _how, example in COLUMNS.values()]]
    return (
        xlsx_answer("mau-dai-bieu", head, lines)
        if ending == "xlsx"
        else csv_answer("mau-dai-bieu", head, lines)
    )


@official
@never_cache
def seen(request, pk, file_hash):
    """What the import would write. Confirming writes it; where the conference has changed since,
    the new outcome is shown instead.
    """
    conference = conference_to_prepare(request, pk)
    return with_pending_file(
        request,
        file_hash,
        "desk/invitees_seen.html",
        lambda file, name: _seen(request, conference, file, name, file_hash),
        record=conference,
    )


def _seen(request, conference, file, name, file_hash):
    problem = ""
    outcome = None
    try:
        if request.method == "POST":
            return _import(request, conference, file, name, file_hash)
    except Refused as refusal:
        problem = refusal.message
    file.seek(0)
    try:
        outcome = read_invitees(conference, file, name)
    except Refused as refusal:
        problem = refusal.message
    return page(
        request,
        "desk/invitees_seen.html",
        status=400 if problem else 200,
        record=conference,
        preview=outcome,
        problem=problem,
        name=name,
        file_hash=file_hash,
        problems=outcome.problems[:SHOWN] if outcome else (),
        problem_limit=SHOWN,
        first=first_rows(list(outcome.new), 10, request.GET) if outcome else (),
    )


def _import(request, conference, file, name, file_hash):
    number = import_delegates(
        conference, file, name, by=request.actor, token=request.POST.get("token", "")
    )
    forget_pending(request, file_hash)
    messages.success(
        request,
        _("Đã mời %s đại biểu trong tệp.") % number
        if number
        else _("Mọi dòng của tệp đã có trong danh sách: không ghi thêm gì."),
    )
    return redirect("desk_delegates", pk=conference.pk)


@official
@never_cache
def problems_csv(request, pk, file_hash):
    """The bad cells as a file."""
    conference = conference_to_prepare(request, pk)
    return problems_as_csv(request, file_hash, partial(read_invitees, conference))
