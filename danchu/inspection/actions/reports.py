"""Reports of boards to the Front: owed at the end of each period, opened when asked for, sent
as they were written.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.boards import NO_RIGHT
from danchu.inspection.lives import REPORT_LIFE
from danchu.inspection.models import BoardReport, BoardTerm, Span
from danchu.inspection.moves import ROUND
from danchu.inspection.reports.periods import owed_on
from danchu.inspection.reports.seals import digest_of
from danchu.inspection.rules.membership import INVESTMENT, KINDS
from danchu.journal.actions import record
from danchu.kernel.days import check_day, show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.obligations.actions import meet_obligation, owe
from danchu.obligations.clock import LAW


@transaction.atomic
def owe_reports(*, by, on=None):
    """Write down what each recognised board owes of the periods that have ended; how many are
    new. Each is owed once.
    """
    require(by.may("verify", "obligation", None), _("Ông/bà không có quyền rà soát việc quá hạn."))
    on = on or today()
    made = []
    terms = BoardTerm.objects.filter(
        recognised_on__lt=on, since__lt=on, until__gt=on - timedelta(days=400)
    ).select_related("board", "unit")
    known = set(
        BoardReport.objects.exclude(span=Span.AD_HOC)
        .filter(board__in=terms.values("board"))
        .values_list("board", "span", "since")
    )
    for term in terms.order_by("pk"):
        for span, since, until in owed_on(term, on):
            if (term.board_id, span, since) not in known:
                known.add((term.board_id, span, since))
                made.append(_owed(term, span, since, until, by))
    if made:
        record(by, "board_reports.owed", None, number=len(made))
    return len(made)


@transaction.atomic
def open_report(*, by, board, title, since, until):
    """A report asked for at another time, of any days that are over; `until` exclusive."""
    require(by.may("draft", ROUND, board.unit_id), NO_RIGHT)
    if board.kind not in KINDS:
        raise Refused(
            _("Hãy chọn một Ban Thanh tra nhân dân hoặc Ban Giám sát đầu tư của cộng đồng."),
            "board",
        )
    if not clean(title) or len(clean(title)) > 200:
        raise Refused(_("Hãy ghi báo cáo về việc gì."), "title")
    if (
        not isinstance(since, date)
        or not isinstance(until, date)
        or until <= since
        or until > today() + timedelta(days=1)
    ):
        raise Refused(_("Hãy ghi những ngày đã qua, ngày đầu trước ngày cuối."), "since")
    made = _made(board, Span.AD_HOC, since, until, by, title=clean(title))
    record(by, "board_report.opened", made, unit=made.unit_id)
    return made


@transaction.atomic
def send_report(report, *, by, on, content):
    """The head sends it: what stands in it is kept as it was, and what was owed is met or late
    by that day.
    """
    REPORT_LIFE.require(by, "send", report)
    found = REPORT_LIFE.hold(report, "send")
    check_day(on, found.until, "on")
    found.sent_on = on
    found.content = content
    found.digest = digest_of(content)
    if found.obligation_id:
        found.obligation = meet_obligation(found.obligation, by=LAW, on=on)
    found.save(update_fields=["sent_on", "content", "digest"])
    record(by, "board_report.sent", found, unit=found.unit_id, digest=found.digest)
    return found


def _owed(term, span, since, until, by):
    last = until - timedelta(days=1)
    board = term.board
    owed = owe(
        by=LAW,
        unit=term.unit,
        body=board,
        rule_key="investment.report" if board.kind == INVESTMENT else "pib.report",
        event_on=last,
        title=_("Báo cáo của Ban: %(span)s, đến %(day)s")
        % {"span": Span(span).label.lower(), "day": show_day(last)},
        subject_kind="board_report",
    )
    return _made(board, span, since, until, by, obligation=owed)


def _made(board, span, since, until, by, **more):
    return BoardReport.objects.create(
        uid=uuid4(),
        board=board,
        unit_id=board.unit_id,
        span=span,
        since=since,
        until=until,
        made_by=by.key,
        made_at=datetime.now(UTC),
        **more,
    )
