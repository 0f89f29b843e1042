"""A matter is put forward, or withdrawn before it has a result."""

from datetime import date
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.input.household_fields import check_village
from danchu.decision.led import Step, tell_leaders
from danchu.decision.lives import DECISION, DECISION_LIFE, State
from danchu.decision.models import Consent, Household, HouseholdDecision
from danchu.decision.models.decisions import LONGEST_TITLE, Proposer
from danchu.decision.rules.initiative import alive_on, check_initiative, read_consents
from danchu.decision.writes.proposals import check_law
from danchu.decision.writes.withdrawing import take_along
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.law.book import book
from danchu.law.decision import FIRST_ITEM, LAST_ITEM, is_listed
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import content_of, line_of, reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on


@transaction.atomic
def propose_decision(
    *,
    by: Acting,
    unit: Unit,
    item: int,
    title: str,
    content: str,
    proposer: str,
    proposed_on: date,
    consents: str = "",
    is_collecting: bool = False,
    uid: UUID | None = None,
) -> HouseholdDecision:
    """Put a matter of article 15 before the households of a village, or of all villages of a
    commune where its chair puts it forward. An initiative lists its consents, a household and a day
    on each line; those that live on the day must be enough, unless they are still being collected.
    Refused by field; Denied without the right.
    """
    require(by.may("draft", DECISION, unit), DECISION_LIFE.no_right)
    with all_refusals() as rule:
        with rule():
            _check_place(unit, item, proposer, proposed_on)
        with rule():
            if item not in range(FIRST_ITEM, LAST_ITEM + 1):
                raise Refused(_("Điều 15 chỉ có các việc từ số 1 đến số 6."), "item")
        with rule():
            title = line_of(title, "title", LONGEST_TITLE, _("Hãy ghi việc cần quyết định."))
        with rule():
            content = content_of(content, "content")
        with rule():
            if proposer not in Proposer.values:
                raise Refused(_("Hãy chọn trong danh sách."), "proposer")
            if is_collecting and proposer != Proposer.INITIATIVE:
                raise Refused(_("Chỉ đề xuất của công dân mới lấy đồng thuận."), "proposer")
    check_law(proposed_on, "proposed_on")
    check_unsent(HouseholdDecision, uid)
    numbers = {}
    rows = []
    if proposer == Proposer.INITIATIVE:
        rows = read_consents(consents, unit.pk, proposed_on)
        numbers = _numbers_of_initiative(rows, unit, proposed_on, is_collecting)
    decision = HouseholdDecision.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        item=item,
        title=title,
        content=content,
        proposer=proposer,
        proposed_on=proposed_on,
        state=State.COLLECTING if is_collecting else State.PROPOSED,
        made_by=by.key,
        made_at=now(),
        **numbers,
    )
    Consent.objects.bulk_create(
        Consent(decision=decision, household=household, given_on=day) for household, day in rows
    )
    record(by, "household_decision.proposed", decision, unit=unit, item=item, **numbers)
    return decision


def _numbers_of_initiative(rows, unit, day, is_collecting):
    """The columns of an initiative; Refused where too few agree and no more are collected."""
    alive = len(alive_on(rows, day))
    households = Household.objects.on_roll(unit.pk, day).count()
    if not is_collecting:
        check_initiative(alive, households, day)
    return {"households_then": households, "consents_alive": alive}


@transaction.atomic
def add_consents(decision: HouseholdDecision, *, by: Acting, consents: str) -> HouseholdDecision:
    """Write further consents to an initiative, a household and a day on each line; one that is
    there already keeps its day. Refused, on "households", where a line does not read.
    """
    DECISION_LIFE.require(by, "consent", decision)
    decision = DECISION_LIFE.hold(decision, "consent")
    rows = read_consents(consents, decision.unit_id, today(), "households")
    before = set(Consent.objects.filter(decision=decision).values_list("household_id", flat=True))
    Consent.objects.bulk_create(
        Consent(decision=decision, household=household, given_on=day)
        for household, day in rows
        if household.pk not in before
    )
    record(by, "household_decision.consented", decision, unit=decision.unit_id)
    return decision


@transaction.atomic
def submit_initiative(decision: HouseholdDecision, *, by: Acting, on: date) -> HouseholdDecision:
    """Hand the initiative in on a day, on whose roll the consents that live must be enough. Refused
    by field.
    """
    DECISION_LIFE.require(by, "submit", decision)
    decision = DECISION_LIFE.hold(decision, "submit")
    check_day(on, decision.proposed_on, "on")
    roll = Household.objects.on_roll(decision.unit_id, on)
    households = roll.count()
    consents = Consent.objects.filter(decision=decision, household__in=roll, given_on__lte=on)
    rows = [(one.household_id, one.given_on) for one in consents.order_by("pk")]
    alive = len(alive_on(rows, on))
    check_initiative(alive, households, on, "on")
    numbers = {"households_then": households, "consents_alive": alive}
    move_on(decision, DECISION_LIFE, "submit", proposed_on=on, **numbers)
    record(by, "household_decision.submitted", decision, unit=decision.unit_id, **numbers)
    return decision


def _check_place(unit, item, proposer, day):
    """Refused, by field, where a matter of a whole commune is not one, or not put forward by it."""
    if proposer != Proposer.COMMUNE:
        check_village(unit, day, day_field="proposed_on")
        return
    if unit.level != "commune":
        raise Refused(_("Việc chung toàn xã: hãy chọn xã, phường, đặc khu."), "unit")
    check_day(day, None, "proposed_on")
    check_unit_on(unit, day, "proposed_on")
    judged = partial(book().rule, day=day)
    if item in range(FIRST_ITEM, LAST_ITEM + 1) and not is_listed(item, "commune", judged):
        rule = book().rule_if_any("decision.items.commune", day)
        raise Refused(
            _("Việc này chỉ do từng thôn, tổ dân phố quyết định (%s).")
            % (rule.source if rule else "–"),
            "item",
        )


@transaction.atomic
def withdraw_decision(decision: HouseholdDecision, *, by: Acting, reason: str) -> HouseholdDecision:
    """Take the matter back before it has a result, with the reason; what hangs on it ends with it:
    what is owed, a poll on line that is open, what villages have not decided yet.
    """
    DECISION_LIFE.require(by, "withdraw", decision)
    decision = DECISION_LIFE.hold(decision, "withdraw")
    move_on(decision, DECISION_LIFE, "withdraw", reason=reason_of(reason))
    take_along(decision, by)
    tell_leaders(Step.WITHDRAWN, decision, None, by)
    record(by, "household_decision.withdrawn", decision, unit=decision.unit_id)
    return decision
