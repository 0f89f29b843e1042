"""A matter is put before the households by a room above, whose act has asked for the right, and
checked the village and the day.
"""

from datetime import date
from uuid import uuid4

from danchu.decision.models import HouseholdDecision
from danchu.decision.models.decisions import LONGEST_TITLE
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.law.decision import GENERAL
from danchu.law.thresholds import threshold
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on


def put_forward(
    *,
    by: Acting,
    unit: Unit,
    item: int,
    title: str,
    content: str,
    proposer: str,
    proposed_on: date,
) -> HouseholdDecision:
    """The new matter. Refused for the time of another law, and where the village is not there."""
    threshold(GENERAL, proposed_on)
    check_unit_on(unit, proposed_on)
    decision = HouseholdDecision.objects.create(
        uid=uuid4(),
        unit=unit,
        item=item,
        title=title[:LONGEST_TITLE],
        content=content,
        proposer=proposer,
        proposed_on=proposed_on,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "household_decision.proposed", decision, unit=unit, item=item)
    return decision
