"""The periodic reports of all boards of a demo: most were sent on paper in time, a few a little
late, and of every thirtieth board the last is still owed.
"""

from datetime import timedelta

from danchu.inspection import actions
from danchu.inspection.models import BoardReport
from danchu.inspection.reports.seals import SENT, digest_of
from danchu.journal.actions import record
from danchu.kernel.days import now, today
from danchu.obligations.models import Obligation
from danchu.obligations.models import State as Owed

ON_PAPER = "Báo cáo bằng giấy, có chữ ký của Trưởng ban, lưu ở Mặt trận."
CONTENT = [{"heading": False, "spans": [ON_PAPER]}]
STILL_OWED = 30  # one board in so many
LATE = 17  # one report in so many
BEFORE_DUE, AFTER_DUE = 6, 4  # days at most


def file_paper_reports(ward):
    """Write down those of all boards, also outside the ward. Returns how many."""
    by, chance = ward.by, ward.chance
    actions.owe_reports(by=by, on=today())
    rows = BoardReport.objects.filter(sent_on=None, obligation__state=Owed.OPEN)
    reports = []
    obligations = []
    number_of_last = 0
    for report in rows.select_related("obligation").order_by("pk"):
        due_on = report.obligation.due_on
        is_late = chance.randrange(LATE) == 0
        days = chance.randrange(1, AFTER_DUE) if is_late else -chance.randrange(BEFORE_DUE)
        sent_on = max(report.until, due_on + timedelta(days=days))
        is_last = due_on > today() - timedelta(days=90)
        number_of_last += is_last
        if sent_on >= today() or (is_last and number_of_last % STILL_OWED == 0):
            continue
        report.sent_on = sent_on
        report.content = CONTENT
        report.digest = digest_of(CONTENT)
        reports.append(report)
        owed = report.obligation
        owed.done_on = sent_on
        owed.state = Owed.LATE if sent_on > due_on else Owed.MET
        owed.note = ON_PAPER
        owed.closed_by = by.key
        owed.closed_at = now()
        obligations.append(owed)
    BoardReport.objects.bulk_update(reports, ["sent_on", "content", "digest"], batch_size=500)
    closed = ["done_on", "state", "note", "closed_by", "closed_at"]
    Obligation.objects.bulk_update(obligations, closed, batch_size=500)
    for report in reports:  # as the act of sending does: `danchu verify` compares them
        record(by, SENT, report, unit=report.unit_id, digest=report.digest)
    return len(reports)
