"""A matter is put before the households by a room above, whose act has asked for the right, and
checked the village and the day.
"""

from datetime import date
from uuid import uuid4

from django.utils.translation import gettext as _

from danchu.decision.models import HouseholdDecision
from danchu.decision.models.decisions import LONGEST_TITLE
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, show_day
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.decision import GENERAL
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on


def check_law(day: date, field: str) -> None:
    """Refused, by field, on a day whose law is not in the book."""
    if not book().is_in_force(GENERAL, day):
        raise Refused(
            _("Ngày %s chưa có quy định về việc Nhân dân quyết định trong bộ luật.")
            % show_day(day),
            field,
        )


def put_forward(
    *,
    by: Acting,
    unit: Unit,
    item: int,
    title: str,
    content: str,
    proposer: str,
    proposed_on: date,
    day_field: str = "",
) -> HouseholdDecision:
    """The new matter. Refused, on `day_field`, for the time of another law; and where the village
    is not there.
    """
    check_law(proposed_on, day_field)
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
