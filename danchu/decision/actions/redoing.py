"""After a result: done again, by order or after it was annulled, and reported yearly; and the plan
of ballots copied to the commune.
"""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.latest import latest_vote
from danchu.decision.lives import DECISION_LIFE
from danchu.decision.models import Conduct, HouseholdDecision
from danchu.decision.writes.settling import PLAN, excuse_open, meet
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import all_refusals
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of, reason_of
from danchu.subjects.writes import move_on

LONGEST_NUMBER = 60


@transaction.atomic
def copy_plan(decision: HouseholdDecision, *, by: Acting, on: date) -> HouseholdDecision:
    """The plan of the ballots went to the chairs of the People's Committee and the Front on a
    day.
    """
    DECISION_LIFE.require(by, "copy_plan", decision)
    decision = DECISION_LIFE.hold(decision, "copy_plan", "unit")
    vote = latest_vote(decision)
    check_day(on, vote.noticed_on, "on")
    conduct, _new = Conduct.objects.get_or_create(vote=vote)
    conduct.copied_on = on
    conduct.save(update_fields=["copied_on"])
    meet(decision, PLAN, on, by)
    record(by, "household_decision.plan_copied", decision, unit=decision.unit_id)
    return decision


@transaction.atomic
def ask_again(
    decision: HouseholdDecision, *, by: Acting, document: str, reason: str
) -> HouseholdDecision:
    """The procedure was broken, and the People's Committee asks the community to do it again
    (article 22): the result has no force any more.
    """
    DECISION_LIFE.require(by, "ask_again", decision)
    decision = DECISION_LIFE.hold(decision, "ask_again", "unit")
    with all_refusals() as rule:
        with rule():
            document = line_of(document, "document", LONGEST_NUMBER, _("Hãy ghi số văn bản."))
        with rule():
            reason = reason_of(reason)
    excuse_open(decision, by, reason)
    move_on(decision, DECISION_LIFE, "ask_again", document=document, reason=reason)
    record(by, "household_decision.asked_again", decision, unit=decision.unit_id)
    return decision


@transaction.atomic
def redo_decision(
    decision: HouseholdDecision, *, by: Acting, on: date, uid: UUID | None = None
) -> HouseholdDecision:
    """Put the matter forward again on a day, from the beginning and by the same procedure; returns
    the new decision. Refused where that was done before.
    """
    DECISION_LIFE.require(by, "redo", decision)
    decision = DECISION_LIFE.hold(decision, "redo", "unit")
    check_day(on, decision.settled_on, "on")
    check_unsent(HouseholdDecision, uid)
    again = HouseholdDecision.objects.create(
        uid=uid or uuid4(),
        unit_id=decision.unit_id,
        item=decision.item,
        title=decision.title,
        content=decision.content,
        proposer=decision.proposer,
        proposed_on=on,
        redoes=decision,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "household_decision.redone", again, unit=again.unit_id)
    return again


@transaction.atomic
def report_execution(decision: HouseholdDecision, *, by: Acting, on: date) -> HouseholdDecision:
    """How the decision is carried out was reported at the yearly conference of the village."""
    DECISION_LIFE.require(by, "report", decision)
    decision = DECISION_LIFE.hold(decision, "report")
    check_day(on, decision.in_force_on, "on")
    move_on(decision, DECISION_LIFE, "report", reported_on=on)
    record(by, "household_decision.reported", decision, unit=decision.unit_id, on=on.isoformat())
    return decision
