"""Overdue obligations that the table of escalations reports to a reader."""

from datetime import timedelta

from django.db.models import Q

from danchu.obligations.models import Escalation, Obligation
from danchu.people.models import Holding
from danchu.units.maps import boundaries


def escalated_to(actor, day, rows=None):
    """The overdue obligations (among `rows`, by default all) that the table of escalations reports
    to the offices which the actor holds on the day, the longest overdue first.
    """
    rows = Obligation.objects.all() if rows is None else rows
    holdings = list(
        Holding.objects.in_force(day)
        .filter(account=actor.account_id)
        .values_list("office_kind", "unit")
    )
    condition = Q(pk__in=[])
    for row in Escalation.objects.filter(
        before=False, office__in={office for office, _unit in holdings}
    ):
        units = [
            under
            for office, unit in holdings
            if office == row.office
            for under in _below(unit, row.above, day)
        ]
        late = Q(due_on__lte=day - timedelta(days=row.days), unit__in=units)
        condition |= late & Q(rule__key__startswith=row.rule_prefix)
    return rows.overdue(day).filter(condition).order_by("due_on", "pk")


def _below(unit, levels, day):
    """The ids of the units `levels` below the unit on the map of the day; for 0 the unit itself."""
    chart = boundaries(day)
    units = [unit]
    for _level in range(levels):
        units = [child for parent in units if parent in chart for child in chart.children(parent)]
    return units
