"""Sealing a report that an office wrote, once: it is public from then on."""

from collections.abc import Callable
from functools import wraps

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.reports.actions.sealing import seal_report
from danchu.reports.document import blank
from danchu.reports.draft_text import check_written
from danchu.reports.lives import REPORT_LIFE
from danchu.reports.models import OfficeReport, Seal
from danchu.reports.office_forms import form_of, titles_of
from danchu.subjects.titled import check_titles
from danchu.subjects.writes import move_on


def _with_seal(act: Callable[..., OfficeReport]) -> Callable[..., OfficeReport]:
    """Seal first, in transactions of its own (see `sealing`). When the act is refused or killed
    after that, the next try finds the same seal.
    """

    @wraps(act)
    def act_with_seal(
        report: OfficeReport, *, by: Acting, title_is_right: bool = False
    ) -> OfficeReport:
        REPORT_LIFE.require(by, "seal", report)
        check_written(report.text)
        check_titles(titles_of(report), Period(report.since, report.until), title_is_right)
        seal = seal_report(blank(form_of(report)), by=by)
        return act(report, by=by, seal=seal)

    return act_with_seal


@_with_seal
@transaction.atomic
def issue_report(report: OfficeReport, *, by: Acting, seal: Seal) -> OfficeReport:
    """The report is sealed and public, and never changes again. Callers give the report, and
    `title_is_right` where its title names another period on purpose. Refused where it does not say
    so, where something is still to be written, or where it was edited meanwhile.
    """
    REPORT_LIFE.require(by, "seal", report)
    read_at = report.edited_at
    report = REPORT_LIFE.hold(report, "seal")
    if report.edited_at != read_at:
        raise Refused(_("Báo cáo vừa được sửa. Hãy đọc lại rồi niêm phong."))
    move_on(report, REPORT_LIFE, "seal", seal=seal)
    record(by, "report.issued", report, unit=report.unit_id, digest=seal.digest)
    return report
