"""Import at the desk: a file is checked and shown first, then written as a whole; bad cells are
shown and can be downloaded.
"""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.desk.guard import official
from danchu.desk.waiting import (
    forget_pending,
    problems_as_csv,
    store_pending,
    with_pending_file,
)
from danchu.kernel.refusals import Refused, require
from danchu.kernel.words import local_name
from danchu.look.pages import page
from danchu.look.sheets import CSV, SHEET
from danchu.papers.answers import made_answer
from danchu.register.imports import check_events, import_events
from danchu.register.imports.columns import COLUMNS
from danchu.register.imports.samples import sample_csv, sample_xlsx
from danchu.register.kinds import KINDS
from danchu.register.models import Batch
from danchu.subjects.first_rows import first_rows

SHOWN = 100


@official
def imports(request):
    """Upload a file; below it the reader's own earlier imports."""
    kinds = _kinds(request.actor)
    require(bool(kinds), _("Chức trách của ông/bà không nhập tệp."))
    problem = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise Refused(_("Hãy chọn tệp trước khi gửi."), "file")
            return redirect("desk_import", file_hash=store_pending(request, file))
        except Refused as refusal:
            problem = refusal.message
    return page(
        request,
        "desk/imports.html",
        status=400 if problem else 200,
        problem=problem,
        kinds=kinds,
        columns=COLUMNS.values(),
        batches=first_rows(
            Batch.objects.filter(by=request.actor.key).order_by("-pk"), 20, request.GET
        ),
    )


def _kinds(actor):
    return [
        local_name(kind) for key, kind in KINDS.items() if actor.scope("import", key) != frozenset()
    ]


@official
def sample(request, ending):
    """The table to fill in, as CSV or XLSX."""
    content, media = (sample_xlsx(), SHEET) if ending == "xlsx" else (sample_csv(), CSV)
    return made_answer(content, f"mau-nhap-viec.{ending}", media)


@official
def outlook(request, file_hash):
    """What the import would write; confirming writes it. Where the register has changed since, the
    new outcome is shown instead.
    """
    return with_pending_file(
        request,
        file_hash,
        "desk/import.html",
        lambda file, name: _outlook(request, file, name, file_hash),
    )


def _outlook(request, file, name, file_hash):
    problem = ""
    outcome = None
    try:
        if request.method == "POST":
            return _import(request, file, name, file_hash)
    except Refused as refusal:
        problem = refusal.message
    try:
        outcome = check_events(file, name, by=request.actor)
    except Refused as refusal:
        problem = refusal.message
    return page(
        request,
        "desk/import.html",
        status=400 if problem else 200,
        preview=outcome,
        problem=problem,
        name=name,
        file_hash=file_hash,
        problems=outcome.problems[:SHOWN] if outcome else (),
        problem_limit=SHOWN,
    )


def _import(request, file, name, file_hash):
    result = import_events(file, name, by=request.actor, token=request.POST.get("token", "") or "-")
    forget_pending(request, file_hash)
    if result.batch is None:
        messages.info(request, _("Mọi dòng của tệp đã có trong sổ: không ghi thêm gì."))
        return redirect("desk_imports")
    messages.success(request, _("Đã nhập tệp: các việc này có trong sổ ngay từ bây giờ."))
    return redirect(f"{reverse('desk_records')}?batch={result.batch.pk}")


@official
def problems_csv(request, file_hash):
    """The bad cells as a file."""
    return problems_as_csv(request, file_hash, partial(check_events, by=request.actor))
