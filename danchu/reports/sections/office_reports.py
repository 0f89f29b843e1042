"""Reports that offices write, at the desk: the list, a new one, its page, its acts."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from danchu.kernel.refusals import Refused
from danchu.reports import actions
from danchu.reports.document import fill
from danchu.reports.draft_text import check_written
from danchu.reports.files import MEDIA
from danchu.reports.lives import REPORT, REPORT_LIFE, State
from danchu.reports.models import OfficeReport
from danchu.reports.office_forms import form_of
from danchu.reports.sections.office_report_forms import (
    CommentForm,
    DropForm,
    EditForm,
    ReportForm,
    SealForm,
)
from danchu.reports.shown import shown_blocks
from danchu.reports.words import ACT_WORDS
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.editing import SeenForm
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, may_begin
from danchu.subjects.waiting import Wait


def last_day(report):
    """The last day that the report covers."""
    return report.until - timedelta(days=1)


def facts(report, actor):
    """The context of the page: the report with today's figures, as the actor may see them."""
    blocks = []
    problem = ""
    unwritten = ""
    try:
        blocks = shown_blocks(fill(form_of(report), "vi", report.map_day, actor))
        check_written(report.text)
    except Refused as refusal:
        problem, unwritten = ("", refusal.message) if blocks else (refusal.message, "")
    return {
        "blocks": blocks,
        "problem": problem,
        "unwritten": unwritten if report.state != State.SEALED else "",
        "comments": list(report.comments.all()),
        "last": last_day(report),
        "endings": list(MEDIA),
    }


def _rows(actor):
    return OfficeReport.objects.viewed_by(actor)


TAGS = {State.SEALED: "confirmed", State.DROPPED: "withdrawn"}

LISTING = Listing(
    name="office-reports",
    title=_("Báo cáo"),
    lead=_("Báo cáo của một đơn vị cho một kỳ: soạn, xin ý kiến, niêm phong."),
    rows=_rows,
    placed=lambda report: (report.unit_id, report.map_day),
    columns=(
        Column("until", _("Đến hết ngày"), lambda line: last_day(line.row), sort="until"),
        Column("since", _("Từ ngày"), sort="since"),
        Column("title", _("Báo cáo"), links=True, under=lambda line: line.where),
        PLACE,
        Column("number", _("Số, ký hiệu")),
        state_column(tag=lambda line: TAGS.get(line.row.state, "draft")),
    ),
    filters={
        "unit": Place(),
        "state": Choice(State.choices, _("Trạng thái"), "state"),
        "since": Since("until"),
        "last": Last("until"),
        "q": Words("title", label=_("Từ trong tên")),
    },
    file_name="bao-cao",
    empty=_("Chưa có báo cáo nào."),
    advice=_("Bấm “Lập báo cáo”: mọi con số của kỳ đã có sẵn trong bản đầu tiên."),
)

OFFICE_REPORTS = Section(
    one="office_report",
    listing=LISTING,
    life=REPORT_LIFE,
    waits=(
        Wait("submit", (State.DRAFT,), "draft", REPORT),
        Wait("seal", (State.REVIEW,), "seal", REPORT),
    ),
    links=(
        Link("desk_scores", _("Điểm do nơi khác công bố")),
        Link("reports", _("Báo cáo đã công bố")),
    ),
    record=Record(
        template="reports/office_report.html",
        rows=lambda actor: _rows(actor).select_related("seal"),
        facts=facts,
    ),
    new=New(
        title=_("Lập báo cáo"),
        word=_("Lập báo cáo"),
        form=ReportForm,
        create=actions.start_report,
        allows=may_begin("draft", REPORT),
        denied=_("Chức trách của ông/bà không lập báo cáo."),
    ),
    acts=(
        Act("edit", _("Sửa báo cáo"), actions.edit_report, EditForm, own_page=True),
        Act("submit", ACT_WORDS["submitted"], actions.submit_report, SeenForm),
        Act("comment", ACT_WORDS["commented"], actions.comment_report, CommentForm),
        Act("reopen", ACT_WORDS["reopened"], actions.reopen_report),
        Act(
            "seal",
            ACT_WORDS["issued"],
            actions.issue_report,
            SealForm,
            warns=_(
                "Niêm phong giữ từng con số cùng các hồ sơ làm nên nó và công khai báo cáo. "
                "Không sửa, không rút lại được; có thể mất vài chục giây."
            ),
        ),
        Act("drop", ACT_WORDS["dropped"], actions.drop_report, DropForm),
    ),
)
