"""Writing a report at the desk: everything before it is sealed."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import Period, now, today
from danchu.kernel.refusals import Refused, require
from danchu.reports.lives import REPORT, REPORT_LIFE
from danchu.reports.models import OfficeReport, ReportComment
from danchu.reports.office_forms import form_of_texts
from danchu.reports.outline import outline
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import content_of, line_of, reason_of, text_of
from danchu.subjects.writes import move_on
from danchu.units.maps import boundaries
from danchu.units.models import Unit

LONGEST_TITLE = 300
LONGEST_TEXT = 100_000
# Fields of the official paper: {name: longest}.
PAPER_FIELDS = {"issuer": 200, "number": 60, "place": 120, "signer": 300}


@transaction.atomic
def start_report(
    *, by: Acting, unit: Unit, since: date, last: date, title: str, uid: UUID | None = None
) -> OfficeReport:
    """A new draft for the days from `since` to `last`, both included, with an outline that names
    every figure of the catalogue. Its map is that of the last day, or of today where that is still
    to come. Denied without the right; Refused by field.
    """
    require(by.may("draft", REPORT, unit), REPORT_LIFE.no_right)
    title = line_of(title, "title", LONGEST_TITLE, _("Hãy ghi tên báo cáo."))
    check_unsent(OfficeReport, uid)
    if last < since:
        raise Refused(_("Ngày cuối phải từ ngày đầu trở đi."), "last")
    if since > today():
        raise Refused(_("Kỳ này chưa bắt đầu nên chưa có gì để báo cáo."), "since")
    map_day = min(last, today())
    if unit.pk not in boundaries(map_day):
        raise Refused(_("Đơn vị này không có trên bản đồ của ngày cuối kỳ."), "unit")
    instant = now()
    report = OfficeReport.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        title=title,
        since=since,
        until=last + timedelta(days=1),
        map_day=map_day,
        text=outline(),
        made_by=by.key,
        made_at=instant,
        edited_at=instant,
    )
    record(by, "report.started", report, unit=unit)
    return report


@transaction.atomic
def edit_report(
    report: OfficeReport,
    *,
    by: Acting,
    title: str,
    text: str,
    english_title: str = "",
    english: str = "",
    recipients: str = "",
    **paper: str,
) -> OfficeReport:
    """Replace the texts of a draft. `paper` are the PAPER_FIELDS of the official paper. Refused by
    field, with the number of the line, where a text cannot be read.
    """
    REPORT_LIFE.require(by, "edit", report)
    report = REPORT_LIFE.hold(report, "edit")
    fields = {
        "title": line_of(title, "title", LONGEST_TITLE, _("Hãy ghi tên báo cáo.")),
        "english_title": line_of(english_title, "english_title", LONGEST_TITLE),
        "text": content_of(text, "text", LONGEST_TEXT),
        "english": text_of(english, "english", LONGEST_TEXT),
        "recipients": text_of(recipients, "recipients", 2000),
        **{name: line_of(paper.get(name, ""), name, most) for name, most in PAPER_FIELDS.items()},
    }
    form_of_texts(
        str(report.uid),
        report.unit_id,
        Period(report.since, report.until),
        report.map_day,
        {"vi": fields["title"], "en": fields["english_title"] or fields["title"]},
        fields,
    )
    move_on(report, REPORT_LIFE, "edit", **fields, edited_at=now())
    record(by, "report.edited", report, unit=report.unit_id)
    return report


@transaction.atomic
def comment_report(report: OfficeReport, *, by: Acting, text: str) -> OfficeReport:
    """Say something of a report before it is sealed; those who write it read it beside the text."""
    REPORT_LIFE.require(by, "comment", report)
    report = REPORT_LIFE.hold(report, "comment")
    text = content_of(text, "text")
    ReportComment.objects.create(
        report=report, text=text, made_by=by.key, author=by.name, made_at=now()
    )
    record(by, "report.commented", report, unit=report.unit_id)
    return report


@transaction.atomic
def submit_report(report: OfficeReport, *, by: Acting) -> OfficeReport:
    """Send it round for opinions: the text stays as it is until it is taken back."""
    REPORT_LIFE.require(by, "submit", report)
    report = REPORT_LIFE.hold(report, "submit")
    move_on(report, REPORT_LIFE, "submit")
    record(by, "report.submitted", report, unit=report.unit_id)
    return report


@transaction.atomic
def reopen_report(report: OfficeReport, *, by: Acting) -> OfficeReport:
    """Take it back to go on writing."""
    REPORT_LIFE.require(by, "reopen", report)
    report = REPORT_LIFE.hold(report, "reopen")
    move_on(report, REPORT_LIFE, "reopen")
    record(by, "report.reopened", report, unit=report.unit_id)
    return report


@transaction.atomic
def drop_report(report: OfficeReport, *, by: Acting, reason: str) -> OfficeReport:
    """Give the draft up; it stays in the list with the reason in the journal."""
    REPORT_LIFE.require(by, "drop", report)
    report = REPORT_LIFE.hold(report, "drop")
    reason = reason_of(reason)
    move_on(report, REPORT_LIFE, "drop")
    record(by, "report.dropped", report, unit=report.unit_id, reason=reason)
    return report
