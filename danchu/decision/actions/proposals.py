"""A matter is put forward, or withdrawn before it has a result."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.input.household_fields import check_village
from danchu.decision.lives import DECISION, DECISION_LIFE
from danchu.decision.models import Consent, Household, HouseholdDecision
from danchu.decision.models.decisions import LONGEST_TITLE, Proposer
from danchu.decision.rules.initiative import alive_on, check_initiative, read_consents
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.law.decision import FIRST_ITEM, GENERAL, LAST_ITEM
from danchu.law.thresholds import threshold
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import content_of, line_of, reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit


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
    uid: UUID | None = None,
) -> HouseholdDecision:
    """Put a matter of article 15 before the households of a village. An initiative lists its
    consents, a household and a day on each line; those that live on the day must be enough. Refused
    by field; Denied without the right.
    """
    require(by.may("draft", DECISION, unit), DECISION_LIFE.no_right)
    with all_refusals() as rule:
        with rule():
            check_village(unit, proposed_on, day_field="proposed_on")
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
    threshold(GENERAL, proposed_on)  # refused for the time of another law
    check_unsent(HouseholdDecision, uid)
    numbers, rows = {}, []
    if proposer == Proposer.INITIATIVE:
        rows = read_consents(consents, unit.pk, proposed_on)
        alive = len(alive_on(rows, proposed_on))
        households = Household.objects.on_roll(unit.pk, proposed_on).count()
        check_initiative(alive, households, proposed_on)
        numbers = {"households_then": households, "consents_alive": alive}
    decision = HouseholdDecision.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        item=item,
        title=title,
        content=content,
        proposer=proposer,
        proposed_on=proposed_on,
        made_by=by.key,
        made_at=now(),
        **numbers,
    )
    Consent.objects.bulk_create(
        Consent(decision=decision, household=household, given_on=day) for household, day in rows
    )
    record(by, "household_decision.proposed", decision, unit=unit, item=item, **numbers)
    return decision


@transaction.atomic
def withdraw_decision(decision: HouseholdDecision, *, by: Acting, reason: str) -> HouseholdDecision:
    """Take the matter back before it has a result, with the reason."""
    DECISION_LIFE.require(by, "withdraw", decision)
    decision = DECISION_LIFE.hold(decision, "withdraw")
    move_on(decision, DECISION_LIFE, "withdraw", reason=reason_of(reason))
    record(by, "household_decision.withdrawn", decision, unit=decision.unit_id)
    return decision
