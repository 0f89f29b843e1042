"""Reports of boards to the Front: owed at the end of each period, opened on request, sent with
their content of that moment.
"""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.boards import NO_RIGHT
from danchu.inspection.input.rounds import check_board
from danchu.inspection.lives import REPORT_LIFE
from danchu.inspection.models import BoardReport, BoardTerm, Span
from danchu.inspection.moves import ROUND
from danchu.inspection.reports.periods import reports_owed
from danchu.inspection.reports.seals import digest_of
from danchu.inspection.rules.membership import AGENCY, COMMUNE, ENTERPRISE, INVESTMENT
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import Period, check_day, now, show_day, today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.obligations.actions import owe
from danchu.obligations.clock import LAW
from danchu.obligations.writes import meet_unless_closed
from danchu.subjects.titled import check_titles
from danchu.units.models import Body

# {kind of board: key of the rule on its periodic report}
REPORT_RULES = {
    COMMUNE: "pib.report",
    AGENCY: "pib.report.agency",
    ENTERPRISE: "pib.report.enterprise",
    INVESTMENT: "investment.report",
}


@transaction.atomic
def owe_reports(*, by: Acting, on: date | None = None) -> int:
    """Create the reports that recognised boards owe for the periods that have ended by the day.
    Returns how many. Idempotent. Denied without the right.
    """
    require(by.may("verify", "obligation", None), _("Ông/bà không có quyền rà soát việc quá hạn."))
    on = on or today()
    reports = []
    terms = BoardTerm.objects.filter(
        recognised_on__lt=on, since__lt=on, until__gt=on - timedelta(days=400)
    ).select_related("board", "unit")
    report_keys = set(
        BoardReport.objects.exclude(span=Span.AD_HOC)
        .filter(board__in=terms.values("board"))
        .values_list("board", "span", "since")
    )
    for term in terms.order_by("pk"):
        for span, since, until in reports_owed(term, on):
            if (term.board_id, span, since) not in report_keys:
                report_keys.add((term.board_id, span, since))
                reports.append(_owe_report(term, span, since, until, by))
    if reports:
        record(by, "board_reports.owed", None, number=len(reports))
    return len(reports)


@transaction.atomic
def open_report(*, by: Acting, board: Body, title: str, since: date, until: date) -> BoardReport:
    """Open a report on request, of days that are over; `until` is exclusive. Refused by field;
    Denied without the right.
    """
    require(by.may("draft", ROUND, board.unit_id), NO_RIGHT)
    are_days = isinstance(since, date) and isinstance(until, date)
    with all_refusals() as rule:
        with rule():
            check_board(board)
        if not clean(title) or len(clean(title)) > 200:
            with rule():
                raise Refused(_("Hãy ghi báo cáo về việc gì."), "title")
        if not are_days or until <= since or until > today() + timedelta(days=1):
            with rule():
                raise Refused(_("Hãy ghi những ngày đã qua, ngày đầu trước ngày cuối."), "since")
    report = _create_report(board, Span.AD_HOC, since, until, by, title=clean(title))
    record(by, "board_report.opened", report, unit=report.unit_id)
    return report


@transaction.atomic
def send_report(
    report: BoardReport, *, by: Acting, on: date, content: Any, title_is_right: bool = False
) -> BoardReport:
    """Send the report: `content`, the lines of reports.content, is stored with its digest, and the
    obligation is met. Refused by field, also where a typed title names another period and it is
    not said that the `title_is_right`; Denied without the right.
    """
    REPORT_LIFE.require(by, "send", report)
    report = REPORT_LIFE.hold(report, "send")
    check_day(on, report.until, "on")
    check_titles([report.title], Period(report.since, report.until), title_is_right)
    report.sent_on = on
    report.content = content
    report.digest = digest_of(content)
    if report.obligation_id:
        report.obligation = meet_unless_closed(report.obligation, by=LAW, on=on)
    report.save(update_fields=["sent_on", "content", "digest"])
    record(by, "board_report.sent", report, unit=report.unit_id, digest=report.digest)
    return report


def _owe_report(term, span, since, until, by):
    """The new report of a period, with the obligation to send it; without one where no rule was in
    force on its last day.
    """
    last_day = until - timedelta(days=1)
    board = term.board
    rule_key = REPORT_RULES[board.kind]
    if not book().is_in_force(rule_key, last_day):
        return _create_report(board, span, since, until, by)
    obligation = owe(
        by=LAW,
        unit=term.unit,
        body=board,
        rule_key=rule_key,
        event_on=last_day,
        title=_("Báo cáo của Ban: %(span)s, đến %(day)s")
        % {"span": Span(span).label.lower(), "day": show_day(last_day)},
        subject_kind="board_report",
    )
    return _create_report(board, span, since, until, by, obligation=obligation)


def _create_report(board, span, since, until, by, **fields):
    return BoardReport.objects.create(
        uid=uuid4(),
        board=board,
        unit_id=board.unit_id,
        span=span,
        since=since,
        until=until,
        made_by=by.key,
        made_at=now(),
        **fields,
    )
