"""The roll of a vote: frozen at one moment, from which on it is the denominator."""

from django.utils.translation import gettext as _

from danchu.decision.models import Household, RollEntry
from danchu.decision.querysets import villages_within
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused
from danchu.law.decision import Form
from danchu.units.models import Unit

# What freezing writes into the vote.
FROZEN = ("held_on", "frozen_at", "households", "unrepresented")


def freeze_roll(vote, held_on):
    """Freeze the roll of the village as it is on the day, for the vote, which is not saved. Refused
    where the village is there no more, or has no household.
    """
    villages = villages_within(vote.unit_id, held_on)
    if not villages:
        raise Refused(
            _(
                "Thôn, tổ dân phố này đã nhập hoặc chia. Hãy rút việc này và đưa ra lại ở nơi mới, "
                "với danh sách hộ của nơi ấy."
            )
        )
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=villages).order_by("pk"))
    households = list(Household.objects.on_roll(vote.unit_id, held_on).order_by("unit", "number"))
    if not households:
        raise Refused(_("Danh sách hộ gia đình của nơi này chưa có hộ nào. Hãy ghi danh sách."))
    entries = RollEntry.objects.bulk_create(
        RollEntry(
            vote=vote,
            household=one,
            is_represented=bool(one.representative),
            is_online=vote.form == Form.ONLINE,
        )
        for one in households
    )
    vote.held_on = held_on
    vote.frozen_at = now()
    vote.households = len(entries)
    vote.unrepresented = sum(not one.is_represented for one in entries)
