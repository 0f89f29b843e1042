"""The plans of rounds: made for a quarter, half-year, year or term, told in time, called off
with a reason.
"""

from datetime import UTC, date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.boards import NO_RIGHT
from danchu.inspection.lives import PLAN_LIFE
from danchu.inspection.models import RoundPlan, Span
from danchu.inspection.moves import ROUND
from danchu.inspection.rules.membership import INVESTMENT, KINDS
from danchu.journal.actions import record
from danchu.kernel.days import check_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.obligations.actions import excuse_obligation, meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.obligations.models import State as Owed
from danchu.subjects.texts import reason_of

PLANNED = (Span.QUARTER, Span.HALF, Span.YEAR, Span.TERM)


@transaction.atomic
def plan_round(*, by, board, span, title, planned_on, subject=""):
    """A round in the plan of a quarter, half-year, year or term; notice of it is owed before
    the day.
    """
    require(by.may("draft", ROUND, board.unit_id), NO_RIGHT)
    title = clean(title)
    subject = clean(subject)
    if board.kind not in KINDS:
        raise Refused(
            _("Hãy chọn một Ban Thanh tra nhân dân hoặc Ban Giám sát đầu tư của cộng đồng."),
            "board",
        )
    if not title or len(title) > 200 or len(subject) > 200 or span not in PLANNED:
        raise Refused(_("Hãy ghi nội dung và kỳ của kế hoạch."), "title")
    if not isinstance(planned_on, date):
        raise Refused(_("Hãy ghi ngày dự kiến."), "planned_on")
    owed = owe(
        by=LAW,
        unit=board.unit,
        body=board,
        rule_key="investment.notice" if board.kind == INVESTMENT else "pib.plan_notice",
        event_on=planned_on,
        title=_("Gửi kế hoạch: %s") % title[:150],
        subject_kind="round_plan",
    )
    made = RoundPlan.objects.create(
        uid=uuid4(),
        board=board,
        unit_id=board.unit_id,
        span=span,
        title=title,
        subject=subject,
        planned_on=planned_on,
        notice=owed,
        made_by=by.key,
        made_at=datetime.now(UTC),
    )
    record(
        by,
        "round_plan.planned",
        made,
        unit=made.unit_id,
        on=planned_on.isoformat(),
        notice=owed.due_on.isoformat(),
    )
    return made


@transaction.atomic
def notify_round(plan, *, by, on):
    """The plan was sent to the Front, the chair and who is checked."""
    PLAN_LIFE.require(by, "notify", plan)
    found = PLAN_LIFE.hold(plan, "notify")
    check_day(on, None, "on")
    found.notice = meet_obligation(found.notice, by=LAW, on=on)
    found.notified_on = on
    found.save(update_fields=["notified_on"])
    record(by, "round_plan.notified", found, unit=found.unit_id, on=on.isoformat())
    return found


@transaction.atomic
def cancel_plan(plan, *, by, on, reason):
    """The round will not be held: notice of it is owed no longer, and the reason stays readable."""
    PLAN_LIFE.require(by, "cancel", plan)
    found = PLAN_LIFE.hold(plan, "cancel")
    check_day(on, None, "on")
    found.cancelled_on = on
    found.reason = reason_of(reason, most=300)
    found.save(update_fields=["cancelled_on", "reason"])
    if found.notice.state == Owed.OPEN:
        excuse_obligation(found.notice, by=LAW, reason=found.reason)
    record(by, "round_plan.cancelled", found, unit=found.unit_id, reason=found.reason)
    return found
