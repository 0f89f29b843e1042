"""Reports of boards at the desk: what is owed and sent, the text as the records write it, every
number opened to its rows.
"""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danchu.desk.guard import official
from danchu.desk.lists import units_named
from danchu.desk.rows import history
from danchu.figures.catalogue import INDICATORS
from danchu.inspection import actions
from danchu.inspection.boards_of import board_choices, boards_of
from danchu.inspection.lives import REPORT_LIFE
from danchu.inspection.models import BoardReport
from danchu.inspection.moves import ROUND
from danchu.inspection.reports.content import (
    figure_of,
    heading_of,
    keys_of,
    report_file,
    rows_of,
    written,
)
from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.kernel.words import local_name
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.papers.official import MEDIA as OFFICIAL
from danchu.subjects.fields import DayField
from danchu.units.names import name_of, names_of

MEDIA = {**OFFICIAL, "html": "text/html; charset=utf-8"}


class ReportForm(forms.Form):
    """A report asked for outside its periods."""

    board = forms.ChoiceField(label=gettext_lazy("Ban"))
    title = forms.CharField(label=gettext_lazy("Báo cáo về việc gì"), max_length=200)
    since = DayField(label=gettext_lazy("Từ ngày"))
    last = DayField(label=gettext_lazy("Đến hết ngày"))

    def __init__(self, boards, *arguments, **more):
        super().__init__(*arguments, **more)
        self.fields["board"].choices = board_choices(boards)


@official
def board_reports(request):
    """What the boards of the reader's places owe and have sent, the latest first."""
    rows = (
        BoardReport.objects.viewed_by(request.actor)
        .select_related("board", "obligation")
        .prefetch_related("board__standings")
    )
    if place := request.GET.get("unit", "").strip():
        rows = rows.filter(unit__in=units_named(place))
    if request.GET.get("state") in ("open", "sent"):
        rows = rows.filter(sent_on__isnull=request.GET["state"] == "open")
    found = page_by_key(request, rows, ("until",))
    names = names_of({(it.unit_id, it.until) for it in found.rows})
    return page(
        request,
        "desk/board_reports.html",
        found=found,
        asked=request.GET,
        day=today(),
        may_draft=request.actor.scope("draft", ROUND) != frozenset(),
        rows=[
            {
                "it": it,
                "title": heading_of(it),
                "board": it.board.name_on(it.until),
                "where": names[it.unit_id, it.until],
            }
            for it in found.rows
        ],
    )


@official
def new_report(request):
    """Open a report asked for at another time."""
    require(
        request.actor.scope("draft", ROUND) != frozenset(),
        _("Chức trách của ông/bà không lập báo cáo của Ban."),
    )
    boards = boards_of(
        request.actor, "draft", ROUND, request.POST.get("board") or request.GET.get("board", "")
    )
    form = ReportForm(boards, request.POST or None, initial={"board": request.GET.get("board", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.open_report(
                by=request.actor,
                board=boards[given["board"]],
                title=given["title"],
                since=given["since"],
                until=given["last"] + timedelta(days=1),
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return redirect("desk_board_report", uid=made.uid)
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=_("Báo cáo đột xuất"),
        back="desk_board_reports",
        wide=("title",),
    )


def _report(request, uid):
    rows = BoardReport.objects.viewed_by(request.actor)
    return get_object_or_404(rows.select_related("board", "obligation", "unit"), uid=uid)


@official
def board_report(request, uid, status=200, fault=""):
    """One report: as it was sent, and whether the records have changed since; else as they
    write it now.
    """
    found = _report(request, uid)
    now = written(found)
    return page(
        request,
        "desk/board_report.html",
        status=status,
        it=found,
        fault=fault,
        title=heading_of(found),
        lines=found.content or now,
        day=today(),
        today=show_day(today()),
        has_changed=bool(found.sent_on) and found.content != now,
        board=found.board.name_on(found.until),
        where=name_of(found.unit_id, found.until - timedelta(days=1)),
        last=found.until - timedelta(days=1),
        entries=history(found),
        endings=sorted(MEDIA),
        may_send="send" in REPORT_LIFE.acts_of(found, request.actor),
    )


@official
def report_as_file(request, uid, ending):
    """The text as a file: as it was sent, else as the records write it now."""
    found = _report(request, uid)
    if ending not in MEDIA:
        raise Http404
    answer = HttpResponse(
        report_file(found, found.content or written(found), ending), content_type=MEDIA[ending]
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="bao-cao-cua-ban.{ending}"'
    return answer


@official
def report_rows(request, uid, key):
    """The rows one number of the report is the sum of."""
    found = _report(request, uid)
    if key not in keys_of(found):
        raise Http404
    what, rows = INDICATORS[key], rows_of(found, key)
    source = (what.over if what.kind == "ratio" else what).source
    shown = [
        (
            getattr(row, source.when.replace("event__", ""), None) or found.since,
            *source.face(row)[:2],
            row.amount,
            row.share,
        )
        for row in rows
    ]
    return page(
        request,
        "desk/board_report_rows.html",
        it=found,
        title=heading_of(found),
        name=local_name(what),
        value=figure_of(found, key).value,
        is_rate=what.kind == "ratio",
        rows=shown,
        total=sum((row[3] * (row[4] or 0) for row in shown), 0),
    )


@official
@require_POST
def send_report(request, uid):
    """The head sends it as the records write it at this moment."""
    found = _report(request, uid)
    require(
        request.actor.may("confirm", ROUND, found.unit_id), _("Ông/bà không có quyền với Ban này.")
    )
    try:
        actions.send_report(
            found,
            by=request.actor,
            on=parse_day(request.POST.get("on", "")),
            content=written(found),
        )
    except Refused as refusal:
        return board_report(request, uid, 400, refusal.message)
    messages.success(request, _("Đã gửi: nội dung được giữ nguyên như lúc gửi."))
    return redirect("desk_board_report", uid=uid)
