"""Recommendations that were sent: answered, remedied, disputed, settled."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.recommendations import JOINED
from danchu.inspection.input.recovered import check_recovered
from danchu.inspection.models import Finding, Recommendation
from danchu.inspection.moves import RECOMMENDATION_LIFE, Answer
from danchu.inspection.rules.paper_books import counted_once
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day
from danchu.kernel.refusals import Refused
from danchu.obligations.writes import in_time, meet_unless_closed
from danchu.subjects.texts import content_of, reason_of
from danchu.subjects.writes import move_on


@transaction.atomic
def answer_recommendation(
    recommendation: Recommendation, *, by: Acting, on: date, answer: str, text: str
) -> Recommendation:
    """Write down the answer, an `Answer`, and its public text; the obligation is met. Without an
    obligation, where no rule set a time limit, it is not late. Refused by field; Denied without
    the right at the body that must answer.
    """
    act = "reject" if answer == Answer.REFUSED else "answer"
    RECOMMENDATION_LIFE.require(by, act, recommendation)
    recommendation = RECOMMENDATION_LIFE.hold(recommendation, act, *JOINED)
    if answer not in Answer.values:
        raise Refused(_("Hãy chọn: tiếp thu toàn bộ, một phần hoặc không tiếp thu."), "answer")
    check_day(on, recommendation.received_on, "on")
    text = content_of(text, "text")
    obligation = recommendation.obligation
    if obligation is not None:
        obligation = meet_unless_closed(obligation, by=by, on=on)
    move_on(
        recommendation,
        RECOMMENDATION_LIFE,
        act,
        answered_on=on,
        answer=answer,
        answer_text=text,
        in_time=obligation is None or in_time(obligation, on),
    )
    record(
        by,
        "recommendation.answered",
        recommendation,
        unit=recommendation.unit_id,
        answer=answer,
        in_time=recommendation.in_time,
    )
    return recommendation


@transaction.atomic
def report_remedy(
    recommendation: Recommendation,
    *,
    by: Acting,
    on: date,
    text: str,
    money: int = 0,
    land: int = 0,
    reduced: int = 0,
) -> Recommendation:
    """Write down that the violation was remedied, as the body that answered reports; money and
    `reduced` in đồng, land in m². Refused by field; Denied without the right.
    """
    RECOMMENDATION_LIFE.require(by, "report_remedy", recommendation)
    recommendation = RECOMMENDATION_LIFE.hold(recommendation, "report_remedy", *JOINED)
    check_day(on, recommendation.answered_on, "on")
    recovered = check_recovered(money=money, land=land, reduced=reduced)
    move_on(
        recommendation,
        RECOMMENDATION_LIFE,
        "report_remedy",
        remedied_on=on,
        remedy_text=content_of(text, "text"),
        **recovered,
    )
    record(by, "recommendation.remedied", recommendation, unit=recommendation.unit_id, **recovered)
    return recommendation


@transaction.atomic
def dispute_remedy(recommendation: Recommendation, *, by: Acting, reason: str) -> Recommendation:
    """Reject a reported remedy after the board checked it: the recommendation is open again.
    Refused by field; Denied without the right.
    """
    RECOMMENDATION_LIFE.require(by, "dispute_remedy", recommendation)
    recommendation = RECOMMENDATION_LIFE.hold(recommendation, "dispute_remedy", *JOINED)
    move_on(
        recommendation,
        RECOMMENDATION_LIFE,
        "dispute_remedy",
        reason=reason_of(reason),
        remedied_on=None,
        money=0,
        land=0,
        reduced=0,
    )
    record(
        by,
        "recommendation.disputed",
        recommendation,
        unit=recommendation.unit_id,
        reason=recommendation.reason,
    )
    return recommendation


@transaction.atomic
def settle_recommendation(
    recommendation: Recommendation, *, by: Acting, on: date
) -> Recommendation:
    """Settle it after the board confirmed the remedy; its violation is resolved, and neither can
    change any more. Refused by field; Denied without the right.
    """
    RECOMMENDATION_LIFE.require(by, "settle", recommendation)
    recommendation = RECOMMENDATION_LIFE.hold(recommendation, "settle", *JOINED)
    check_day(on, recommendation.remedied_on, "on")
    move_on(recommendation, RECOMMENDATION_LIFE, "settle", settled_on=on, reason="")
    with counted_once(recommendation.violation, "on"):
        Finding.objects.filter(pk=recommendation.violation_id).update(
            resolved_on=on,
            outcome=recommendation.remedy_text,
            money=recommendation.money,
            land=recommendation.land,
            reduced=recommendation.reduced,
        )
    record(
        by, "recommendation.settled", recommendation, unit=recommendation.unit_id, on=on.isoformat()
    )
    return recommendation
