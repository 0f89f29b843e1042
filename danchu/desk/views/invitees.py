"""Import of a list of delegates: checked and shown first, then written as a whole; bad cells are
shown and can be downloaded.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.conference.actions.delegates import import_delegates
from danchu.conference.input.invitee_list import COLUMNS, read_invitees
from danchu.desk.guard import official
from danchu.desk.views.programme import conference_to_prepare
from danchu.desk.waiting import forget_pending, no_pending_file, pending_file, store_pending
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.look.sheets import csv_answer, with_missing, xlsx_answer

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
    try:
        path, name = pending_file(request, file_hash)
    except Http404:
        return page(
            request,
            "desk/invitees_seen.html",
            status=404,
            record=conference,
            problem=no_pending_file(),
        )
    problem = ""
    outcome = None
    with path.open("rb") as file:
        try:
            if request.method == "POST":
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
                return redirect("desk_delegates", pk=pk)
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
        first=outcome.new[:10] if outcome else (),
    )


@official
@never_cache
def problems_csv(request, pk, file_hash):
    """The bad cells as a file."""
    conference = conference_to_prepare(request, pk)
    path, name = pending_file(request, file_hash)
    with path.open("rb") as file:
        outcome = read_invitees(conference, file, name)
    head = [_("Dòng"), _("Cột"), _("Đang ghi"), _("Cần sửa")]
    rows = ([p.row, p.column, p.value, p.message] for p in outcome.problems)
    return csv_answer("o-chua-dung", head, with_missing(rows, outcome.problem_count))
