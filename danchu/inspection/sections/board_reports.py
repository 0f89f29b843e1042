"""Reports of boards: owed or sent, their content, and sending them."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.inspection import actions
from danchu.inspection.lives import REPORT_LIFE, ReportState, report_state
from danchu.inspection.models import BoardReport, Span
from danchu.inspection.moves import ROUND
from danchu.inspection.reports.content import heading_of, report_lines
from danchu.inspection.sections.boards import has_board_named
from danchu.inspection.sections.shared import BOARDS, BoardForm
from danchu.kernel.days import today
from danchu.obligations.columns import due_column
from danchu.papers.official import MEDIA as OFFICIAL
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.editing import SeenForm
from danchu.subjects.fields import DayField
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import DayForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.titled import TitledForm
from danchu.subjects.verbs import CHECK

# {ending of a file: its media type}.
MEDIA = {**OFFICIAL, "html": "text/html; charset=utf-8"}
STATES = {
    ReportState.OPEN: Q(sent_on=None),
    ReportState.SENT: Q(sent_on__isnull=False),
}


class ReportForm(BoardForm):
    """A report on request, of other days than a period; `last` is its last day."""

    kind = ROUND
    wide = ("title",)
    title = forms.CharField(label=_("Báo cáo về việc gì"), max_length=200)
    since = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến hết ngày"))

    def values(self):
        values = super().values()
        values["until"] = values.pop("last") + timedelta(days=1)
        return values


class SendForm(SeenForm, TitledForm, DayForm):
    on = DayField(label=_("Ngày gửi"))

    def computed(self):
        return report_lines(self.row)


def send(report, *, by, on, title_is_right):
    """Send the report with its content of this moment."""
    return actions.send_report(
        report, by=by, on=on, content=report_lines(report), title_is_right=title_is_right
    )


def last_day(report):
    """The last day that the report covers."""
    return report.until - timedelta(days=1)


def facts(report, actor):
    """The context of the page: `lines` as sent, else of this moment; `has_changed` when the records
    have changed since it was sent.
    """
    current = report_lines(report)
    return {
        "lines": report.content or current,
        "has_changed": bool(report.sent_on) and report.content != current,
        "board": report.board.name_on(report.until),
        "last": last_day(report),
        "endings": sorted(MEDIA),
    }


def _rows(actor):
    rows = BoardReport.objects.viewed_by(actor).select_related("board", "obligation")
    return rows.prefetch_related("board__standings")


def _board(line):
    return line.row.board.name_on(line.row.until)


def _state(line):
    report = line.row
    obligation = report.obligation
    if report.sent_on:
        return (
            _("Đã gửi muộn")
            if obligation and obligation.state == "late"
            else ReportState.SENT.label
        )
    return _("Quá hạn") if obligation and obligation.due_on < today() else ReportState.OPEN.label


LISTING = Listing(
    name="board-reports",
    title=_("Báo cáo của các Ban"),
    rows=_rows,
    placed=lambda report: (report.unit_id, last_day(report)),
    columns=(
        Column("until", _("Đến hết ngày"), lambda line: last_day(line.row), sort="until"),
        Column("since", _("Từ ngày"), sort="since"),
        Column(
            "title",
            _("Báo cáo"),
            lambda line: heading_of(line.row),
            links=True,
            under=lambda line: f"{_board(line)}, {line.where}",
        ),
        due_column(_("Hạn gửi")),
        Column("sent_on", _("Ngày gửi")),
        state_column(_state),
        Column("board", _("Ban"), _board, on_page=False),
        PLACE,
        Column("span", _("Kỳ"), lambda line: line.row.get_span_display(), on_page=False),
    ),
    filters={
        "unit": Place(),
        "span": Choice(Span.choices, _("Kỳ"), "span"),
        "state": Choice(ReportState.choices, _("Trạng thái"), conditions=STATES),
        "since": Since("until"),
        "last": Last("until"),
        "q": Words("title", also=has_board_named, label=_("Tên báo cáo hoặc tên Ban")),
    },
    file_name="bao-cao-cua-ban",
    empty=_("Chưa có báo cáo nào."),
    advice=_("Hết quý, sáu tháng, năm, nhiệm kỳ, báo cáo phải gửi hiện ở đây cùng hạn."),
)

BOARD_REPORTS = Section(
    one="board_report",
    verb=CHECK,
    listing=LISTING,
    life=REPORT_LIFE,
    above=BOARDS,
    record=Record(
        template="inspection/board_report.html",
        rows=lambda actor: BoardReport.objects.viewed_by(actor).select_related(
            "board", "obligation", "unit"
        ),
        title=heading_of,
        state=lambda report: report_state(report).label,
        facts=facts,
    ),
    new=New(
        title=_("Báo cáo đột xuất"),
        word=_("Báo cáo đột xuất"),
        form=ReportForm,
        create=actions.open_report,
        allows=may_begin("draft", ROUND),
        denied=_("Chức trách của ông/bà không lập báo cáo của Ban."),
    ),
    acts=(
        Act(
            "send",
            _("Gửi Mặt trận"),
            send,
            SendForm,
            saved=lambda report: _("Đã gửi: nội dung được giữ nguyên như lúc gửi."),
        ),
    ),
)
