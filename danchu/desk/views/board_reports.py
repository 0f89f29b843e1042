"""Reports of boards at the desk: the text as a file, and the rows behind each number."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from danchu.desk.guard import official
from danchu.figures.catalogue import INDICATORS
from danchu.inspection.models import BoardReport
from danchu.inspection.reports.content import (
    figure_of,
    heading_of,
    indicator_keys,
    report_file,
    report_lines,
    rows_of,
)
from danchu.inspection.sections.board_reports import MEDIA
from danchu.kernel.words import local_name
from danchu.look.pages import page
from danchu.papers.answers import made_answer


def _report(request, uid):
    rows = BoardReport.objects.viewed_by(request.actor)
    return get_object_or_404(rows.select_related("board", "obligation", "unit"), uid=uid)


@official
def report_as_file(request, uid, ending):
    """The text as a file: as it was sent, else derived from the present records."""
    report = _report(request, uid)
    if ending not in MEDIA:
        raise Http404
    content = report_file(report, report.content or report_lines(report), ending)
    return made_answer(content, f"bao-cao-cua-ban.{ending}", MEDIA[ending])


@official
def report_rows(request, uid, key):
    """The rows one number of the report is the sum of."""
    report = _report(request, uid)
    if key not in indicator_keys(report):
        raise Http404
    indicator = INDICATORS[key]
    is_rate = indicator.kind == "ratio"
    source = (indicator.over if is_rate else indicator).source
    day_of_row = source.when.replace("event__", "")
    rows = [
        (
            getattr(row, day_of_row, None) or report.since,
            *source.face(row)[:2],
            row.amount,
            row.share,
        )
        for row in rows_of(report, key)
    ]
    return page(
        request,
        "desk/board_report_rows.html",
        record=report,
        title=heading_of(report),
        name=local_name(indicator),
        value=figure_of(report, key).value,
        is_rate=is_rate,
        rows=rows,
        total=sum((row[3] * (row[4] or 0) for row in rows), 0),
    )
