"""Which obligations have reached a step of the table of escalations, and which accounts each step
names.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef

from danchu.law.book import book
from danchu.law.rule import LIMITS
from danchu.notices.models import Told
from danchu.obligations.models import FALSE_DAYS, Escalation, Obligation
from danchu.people.models import Holding
from danchu.units.maps import boundaries


@dataclass(frozen=True)
class Reached:
    """An obligation that has reached a step, and the ids of the accounts that hold its office."""

    row: Obligation
    step: Escalation
    accounts: tuple[int, ...]


def reached_steps(day: date) -> list[Reached]:
    """Every step reached on the day and not told yet, the latest steps first: where an obligation
    has reached several, the first row is the one to report.
    """
    steps = sorted(
        Escalation.objects.all(),
        key=lambda step: (step.before, step.days if step.before else -step.days, step.pk),
    )
    holders = _holders({step.office for step in steps}, day)
    chart = boundaries(day)
    calendar = book().calendar
    reached = []
    for step in steps:
        for row in _untold_rows(step, day, calendar):
            units = _units_above(row.unit_id, step.above, chart)
            accounts = {account for unit in units for account in holders[step.office, unit]}
            reached.append(Reached(row, step, tuple(sorted(accounts))))
    return reached


def _untold_rows(step, day, calendar):
    """The open obligations that have reached the step by their due day and have no `Told` row for
    it, the earliest due first.
    """
    if step.before:
        rows = Obligation.objects.open().filter(
            rule__sense__in=LIMITS, due_on__gte=day, due_on__lte=calendar.after(day, step.days)
        )
    else:
        rows = Obligation.objects.overdue(day).filter(due_on__lte=day - timedelta(days=step.days))
    already_told = Told.objects.filter(
        obligation=OuterRef("pk"),
        step=step.step,
        due_on=F("obligation__due_on"),
        on__lte=day + timedelta(days=FALSE_DAYS),
    )
    return rows.filter(~Exists(already_told), rule__key__startswith=step.rule_prefix).order_by(
        "due_on", "pk"
    )


def _holders(offices, day):
    """{(office, unit id): ids of the accounts that hold it on the day}"""
    accounts = defaultdict(set)
    for office, unit, account in (
        Holding.objects.in_force(day)
        .filter(office_kind__in=offices)
        .values_list("office_kind", "unit", "account")
    ):
        accounts[office, unit].add(account)
    return accounts


def _units_above(unit, levels, chart):
    """The ids of the units `levels` above on the map `chart`: one, or for a unit that no longer
    exists one above each of its successors.
    """
    here = [unit] if unit in chart else list(chart.place(unit))
    return [
        line[levels]
        for line in ([one, *chart.ancestors(one)] for one in here)
        if levels < len(line)
    ]
