"""City hot-lines at the desk: what each promises, and the export of its calls taken in."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from danchu.casework.actions import import_calls
from danchu.casework.actions.calls import PAPER_BOOKS
from danchu.casework.input.call_columns import COLUMNS
from danchu.casework.input.call_list import may_import_calls, read_calls
from danchu.casework.models import CallRun
from danchu.casework.rules.hotlines import hotlines
from danchu.casework.sections.petitions import LISTING
from danchu.desk.examples import call_example
from danchu.desk.guard import official
from danchu.desk.sheet_pages import (
    SHOWN,
    OpenSheet,
    problems_csv,
    seen,
    sheet_view,
    upload,
    waiting,
)
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import require
from danchu.look.pages import page
from danchu.look.sheets import csv_answer, xlsx_answer
from danchu.subjects.first_rows import first_rows

DENIED = gettext_lazy("Chức trách của ông/bà không nhập cuộc gọi của đường dây nóng.")
FILE_NAME = "mau-cuoc-goi"


class CallSheet:
    """The export of one hot-line, which the address names by its key."""

    title = gettext_lazy("Nhập cuộc gọi đường dây nóng")
    names = {
        "upload": "desk_calls",
        "seen": "desk_calls_seen",
        "problems": "desk_calls_problems",
        "file": "desk_calls_file",
    }
    above = ("desk_hotlines", gettext_lazy("Đường dây nóng"))
    columns = COLUMNS
    rows_title = gettext_lazy("Nơi trả lời")
    rows_advice = gettext_lazy("Số đơn mới ở mỗi nơi; hãy đối chiếu trước khi ghi.")
    is_counted = True
    upload_template = "desk/calls.html"
    seen_template = "desk/calls_seen.html"

    def open(self, request, line):
        require(may_import_calls(request.actor), DENIED)
        hotline = _hotline(line)
        return OpenSheet(
            read=lambda file, name: read_calls(file, name, request.actor, line, PAPER_BOOKS),
            write=lambda file, name, token: _write(request, line, file, name, token),
            context={
                "hotline": hotline,
                "samples": [
                    reverse("desk_calls_sample", kwargs={"line": line, "ending": ending})
                    for ending in ("xlsx", "csv")
                ],
            },
            details=lambda outcome: {
                "places": first_rows(list(outcome.places), SHOWN, request.GET),
                "there": first_rows(list(outcome.there), SHOWN, request.GET),
            },
        )


CALL_SHEET = CallSheet()


@official
def lines(request):
    """The hot-lines with what they promise; each leads to where its export is sent."""
    require(may_import_calls(request.actor), DENIED)
    return page(
        request,
        "desk/hotlines.html",
        hotlines=hotlines().values(),
        above=("desk_petitions", LISTING.title),
    )


def sample(request, line, ending, kind):
    """The table to fill in, with one example row that the reader could send."""
    kind.open(request, line=line)
    head = [str(column.label) for column in kind.columns]
    example = call_example(request.actor)
    row = [str(example.get(column.key, column.example)) for column in kind.columns]
    if ending == "xlsx":
        return xlsx_answer(FILE_NAME, head, [row])
    if ending == "csv":
        return csv_answer(FILE_NAME, head, [row])
    raise Http404


def _hotline(line):
    if line not in hotlines():
        raise Http404
    return hotlines()[line]


def _write(request, line, file, name, token):
    number = import_calls(file, name, by=request.actor, line=line, token=token)
    if isinstance(number, CallRun):
        return redirect("desk_call_run", uid=number.uid)
    if number:
        messages.success(request, _("Đã nhận %s cuộc gọi thành đơn.") % show_number(number))
    else:
        messages.info(request, _("Mọi cuộc gọi của tệp đã thành đơn từ trước: không ghi thêm gì."))
    return redirect(f"{reverse('desk_petitions')}?channel={line}&which=all")


@official
@never_cache
def run_page(request, uid):
    """How far a long export is taken in; the page reloads by itself until it is done."""
    require(may_import_calls(request.actor), DENIED)
    run = get_object_or_404(CallRun, uid=uid, account=request.actor.account_id)
    return page(
        request,
        "desk/call_run.html",
        run=run,
        hotline=hotlines().get(run.hotline, run.hotline),
        share=100 * run.taken // max(run.total, 1),
        list_url=f"{reverse('desk_petitions')}?channel={run.hotline}&which=all",
    )


ADDRESSES = [
    path("petitions/hotlines/", lines, name="desk_hotlines"),
    path("petitions/hotlines/runs/<uuid:uid>/", run_page, name="desk_call_run"),
    *(
        path(
            f"petitions/hotlines/<str:line>/import/{rest}",
            sheet_view(view, CALL_SHEET),
            name=name,
        )
        for rest, name, view in (
            ("", "desk_calls", upload),
            ("sample.<str:ending>", "desk_calls_sample", sample),
            ("<str:file_hash>/", "desk_calls_seen", seen),
            ("<str:file_hash>/problems.csv", "desk_calls_problems", problems_csv),
            ("<str:file_hash>/file/", "desk_calls_file", waiting),
        )
    ),
]
