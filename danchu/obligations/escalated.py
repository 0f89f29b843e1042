"""What is overdue so long that its reader is to be told, by the rows of escalation."""

from datetime import timedelta

from django.db.models import Q

from danchu.obligations.models import Escalation, Obligation
from danchu.people.models import Holding
from danchu.units.maps import boundaries


def told_to(actor, day, rows=None):
    """The overdue obligations (of the `rows`) that the offices the actor holds on the day are told
    of, the longest overdue first.
    """
    rows = Obligation.objects.all() if rows is None else rows
    held = list(
        Holding.objects.in_force(day)
        .filter(account=actor.account_id)
        .values_list("office_kind", "unit")
    )
    asked = Q(pk__in=[])
    for row in Escalation.objects.filter(
        before=False, office__in={office for office, _unit in held}
    ):
        units = [
            under
            for office, unit in held
            if office == row.office
            for under in _below(unit, row.above, day)
        ]
        late = Q(due_on__lte=day - timedelta(days=row.days), unit__in=units)
        asked |= late & Q(rule__key__startswith=row.rule_prefix)
    return rows.overdue(day).filter(asked).order_by("due_on", "pk")


def _below(unit, levels, day):
    """The units so many levels under the unit on the map of the day; itself for nought."""
    chart = boundaries(day)
    found = [unit]
    for _level in range(levels):
        found = [child for one in found if one in chart for child in chart.children(one)]
    return found
