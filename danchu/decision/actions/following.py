"""What becomes of a result: sent, recognised or refused, annulled, posted, carried out."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.led import Step, tell_leaders
from danchu.decision.lives import DECISION_LIFE, PART, scope_of
from danchu.decision.models import HouseholdDecision
from danchu.decision.rules.sums import check_total
from danchu.decision.writes.settling import RECOGNISE, SEND, SUBJECT, excuse_open, key_of, meet
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day
from danchu.kernel.refusals import all_refusals
from danchu.obligations.actions import owe
from danchu.subjects.texts import content_of, line_of, reason_of
from danchu.subjects.writes import move_on
from danchu.units.kinds import BodyKind
from danchu.units.models import Body
from danchu.units.on_day import unit_above

LONGEST_NUMBER = 60
BODIES = {"committee": BodyKind.PEOPLES_COMMITTEE, "front": BodyKind.FATHERLAND_FRONT}


@transaction.atomic
def send_decision(decision: HouseholdDecision, *, by: Acting, on: date) -> HouseholdDecision:
    """The decision was sent to the commune on a day. What nobody recognises is in force from the
    day of the vote; whoever must recognise it owes that from the day on which it came.
    """
    DECISION_LIFE.require(by, "send", decision)
    decision = DECISION_LIFE.hold(decision, "send", "unit")
    check_day(on, decision.settled_on, "on")
    decision.sent_on = on
    tell_leaders(Step.SENDING, decision, None, by)
    meet(decision, SEND, on, by)
    more = {} if scope_of(decision) == PART else {"in_force_on": decision.settled_on}
    if decision.recogniser:
        more = {"recognise_due": _owe_recognition(decision, on, by).due_on}
    move_on(decision, DECISION_LIFE, "send", sent_on=on, **more)
    record(by, "household_decision.sent", decision, unit=decision.unit_id, on=on.isoformat())
    return decision


@transaction.atomic
def recognise_decision(
    decision: HouseholdDecision, *, by: Acting, on: date, document: str
) -> HouseholdDecision:
    """The body that must recognise the decision did so: it is in force from that day."""
    DECISION_LIFE.require(by, "recognise", decision)
    decision = DECISION_LIFE.hold(decision, "recognise", "unit")
    values = _answer(decision, on, document)
    meet(decision, RECOGNISE, on, by)
    move_on(decision, DECISION_LIFE, "recognise", in_force_on=on, **values)
    tell_leaders(Step.RECOGNISED, decision, None, by)
    record(by, "household_decision.recognised", decision, unit=decision.unit_id, document=document)
    return decision


@transaction.atomic
def refuse_decision(
    decision: HouseholdDecision, *, by: Acting, on: date, document: str, reason: str
) -> HouseholdDecision:
    """The body that must recognise the decision refused in writing, with its reasons."""
    DECISION_LIFE.require(by, "refuse", decision)
    decision = DECISION_LIFE.hold(decision, "refuse", "unit")
    with all_refusals() as rule:
        with rule():
            values = _answer(decision, on, document)
        with rule():
            reason = reason_of(reason)
    meet(decision, RECOGNISE, on, by)
    move_on(decision, DECISION_LIFE, "refuse", reason=reason, **values)
    tell_leaders(Step.REFUSED, decision, None, by)
    record(by, "household_decision.refused", decision, unit=decision.unit_id, document=document)
    return decision


@transaction.atomic
def annul_decision(
    decision: HouseholdDecision, *, by: Acting, document: str, reason: str
) -> HouseholdDecision:
    """The People's Committee annuls the decision: its content or its procedure broke the law
    (article 22).
    """
    DECISION_LIFE.require(by, "annul", decision)
    decision = DECISION_LIFE.hold(decision, "annul", "unit")
    with all_refusals() as rule:
        with rule():
            document = _document(document)
        with rule():
            reason = reason_of(reason)
    excuse_open(decision, by, reason)
    move_on(decision, DECISION_LIFE, "annul", document=document, reason=reason)
    tell_leaders(Step.ANNULLED, decision, None, by)
    record(by, "household_decision.annulled", decision, unit=decision.unit_id, document=document)
    return decision


@transaction.atomic
def post_result(decision: HouseholdDecision, *, by: Acting, on: date) -> HouseholdDecision:
    """The result was posted in the village on a day."""
    DECISION_LIFE.require(by, "post", decision)
    decision = DECISION_LIFE.hold(decision, "post")
    check_day(on, decision.settled_on, "on")
    move_on(decision, DECISION_LIFE, "post", posted_on=on)
    record(by, "household_decision.posted", decision, unit=decision.unit_id, on=on.isoformat())
    return decision


@transaction.atomic
def carry_out(
    decision: HouseholdDecision, *, by: Acting, on: date, result: str
) -> HouseholdDecision:
    """What was decided was done by a day; `result` says how, in public."""
    DECISION_LIFE.require(by, "carry_out", decision)
    decision = DECISION_LIFE.hold(decision, "carry_out")
    with all_refusals() as rule:
        with rule():
            check_day(on, decision.in_force_on, "on")
        with rule():
            result = content_of(result, "result")
    move_on(decision, DECISION_LIFE, "carry_out", done_on=on, result=result)
    record(by, "household_decision.carried_out", decision, unit=decision.unit_id)
    return decision


@transaction.atomic
def note_works(
    decision: HouseholdDecision,
    *,
    by: Acting,
    options: int,
    value: int,
    money: int,
    labour_days: int,
    land: int,
    budget: int,
    other: int,
) -> HouseholdDecision:
    """The options that were prepared, and of works their total value, the people's money (đồng),
    days of labour and land (m²), the state's money and other.
    """
    DECISION_LIFE.require(by, "works", decision)
    decision = DECISION_LIFE.hold(decision, "works")
    check_total(value, money, budget, other)
    move_on(
        decision,
        DECISION_LIFE,
        "works",
        options=options,
        value=value,
        money=money,
        labour_days=labour_days,
        land=land,
        budget=budget,
        other=other,
        is_contributed=money + labour_days + land > 0,
    )
    record(by, "household_decision.works_noted", decision, unit=decision.unit_id, value=value)
    return decision


def _owe_recognition(decision, on, by):
    """The obligation of the body of the commune to recognise or refuse."""
    unit = unit_above(decision.unit, on) or decision.unit
    bodies = Body.objects.on(on).filter(unit=unit, kind=BODIES[decision.recogniser])
    return owe(
        by=by,
        unit=unit,
        body=bodies.order_by("pk").first(),
        claimant=decision.unit_id,
        rule_key=key_of(decision, RECOGNISE, on),
        event_on=on,
        title=decision.title,
        subject_kind=SUBJECT,
        subject=decision.pk,
    )


def _answer(decision, on, document):
    with all_refusals() as rule:
        with rule():
            check_day(on, decision.sent_on, "on")
        with rule():
            document = _document(document)
    return {"answered_on": on, "in_time": on <= decision.recognise_due, "document": document}


def _document(text):
    return line_of(text, "document", LONGEST_NUMBER, _("Hãy ghi số văn bản."))
