"""Plans of rounds, for a quarter, half-year, year or term: made, sent in time, cancelled with a
reason.
"""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.boards import NO_RIGHT
from danchu.inspection.input.rounds import check_board
from danchu.inspection.lives import PLAN_LIFE
from danchu.inspection.models import RoundPlan, Span
from danchu.inspection.moves import ROUND
from danchu.inspection.rules.membership import AGENCY, COMMUNE, ENTERPRISE, INVESTMENT
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.obligations.actions import owe
from danchu.obligations.clock import LAW
from danchu.obligations.writes import excuse_unless_closed, meet_unless_closed
from danchu.subjects.texts import reason_of
from danchu.units.models import Body

# The spans that a plan may have.
PLANNED = (Span.QUARTER, Span.HALF, Span.YEAR, Span.TERM)
# {kind of board: key of the rule on the notice of a round}
NOTICE_RULES = {
    COMMUNE: "pib.plan_notice",
    AGENCY: "pib.plan_notice.agency",
    ENTERPRISE: "pib.plan_notice.enterprise",
    INVESTMENT: "investment.notice",
}


@transaction.atomic
def plan_round(
    *, by: Acting, board: Body, span: str, title: str, planned_on: date, subject: str = ""
) -> RoundPlan:
    """Plan a round; notice of it is owed before the day where a rule of the day says so. `subject`
    is who is to be checked. Refused by field; Denied without the right.
    """
    require(by.may("draft", ROUND, board.unit_id), NO_RIGHT)
    title = clean(title)
    subject = clean(subject)
    with all_refusals() as rule:
        with rule():
            check_board(board)
        if not title or len(title) > 200 or len(subject) > 200 or span not in PLANNED:
            with rule():
                raise Refused(_("Hãy ghi nội dung và kỳ của kế hoạch."), "title")
        if not isinstance(planned_on, date):
            with rule():
                raise Refused(_("Hãy ghi ngày dự kiến."), "planned_on")
    notice = _owe_notice(board, planned_on, title)
    plan = RoundPlan.objects.create(
        uid=uuid4(),
        board=board,
        unit_id=board.unit_id,
        span=span,
        title=title,
        subject=subject,
        planned_on=planned_on,
        notice=notice,
        made_by=by.key,
        made_at=now(),
    )
    record(
        by,
        "round_plan.planned",
        plan,
        unit=plan.unit_id,
        on=planned_on.isoformat(),
        notice=notice.due_on.isoformat() if notice else None,
    )
    return plan


@transaction.atomic
def notify_round(plan: RoundPlan, *, by: Acting, on: date) -> RoundPlan:
    """Write down that the plan was sent to the Front, the chair and those to be checked; the
    obligation is met. Refused by field; Denied without the right.
    """
    PLAN_LIFE.require(by, "notify", plan)
    plan = PLAN_LIFE.hold(plan, "notify")
    check_day(on, None, "on")
    if plan.notice is not None:
        plan.notice = meet_unless_closed(plan.notice, by=LAW, on=on)
    plan.notified_on = on
    plan.save(update_fields=["notified_on"])
    record(by, "round_plan.notified", plan, unit=plan.unit_id, on=on.isoformat())
    return plan


@transaction.atomic
def cancel_plan(plan: RoundPlan, *, by: Acting, on: date, reason: str) -> RoundPlan:
    """Cancel the planned round, with the reason; the obligation to give notice is excused. Refused
    by field; Denied without the right.
    """
    PLAN_LIFE.require(by, "cancel", plan)
    plan = PLAN_LIFE.hold(plan, "cancel")
    check_day(on, None, "on")
    plan.cancelled_on = on
    plan.reason = reason_of(reason, most=300)
    plan.save(update_fields=["cancelled_on", "reason"])
    if plan.notice is not None:
        excuse_unless_closed(plan.notice, by=LAW, reason=plan.reason, on=on)
    record(by, "round_plan.cancelled", plan, unit=plan.unit_id, reason=plan.reason)
    return plan


def _owe_notice(board, planned_on, title):
    """The obligation to give notice; None where no rule of the day asks for one, as before the
    decree of 2023.
    """
    rule_key = NOTICE_RULES[board.kind]
    if not book().is_in_force(rule_key, planned_on):
        return None
    return owe(
        by=LAW,
        unit=board.unit,
        body=board,
        rule_key=rule_key,
        event_on=planned_on,
        title=_("Gửi kế hoạch: %s") % title[:150],
        subject_kind="round_plan",
    )
