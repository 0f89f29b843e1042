"""Which obligations have come to a step of the table of escalations, and whom each step tells."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef

from danchu.law.book import book
from danchu.law.rule import LIMITS
from danchu.notices.models import Told
from danchu.obligations.models import FALSE_DAYS, Escalation, Obligation
from danchu.people.models import Holding
from danchu.units.maps import boundaries


@dataclass(frozen=True)
class Reached:
    """An obligation that has come to a step, and the accounts that hold the office there."""

    row: Obligation
    step: Escalation
    accounts: tuple


def reached(day):
    """Every step come to on the day and not told of yet, the latest steps first: of several
    only the last is news.
    """
    steps = sorted(
        Escalation.objects.all(),
        key=lambda step: (step.before, step.days if step.before else -step.days, step.pk),
    )
    holders = _holders({step.office for step in steps}, day)
    chart = boundaries(day)
    calendar = book().calendar
    found = []
    for step in steps:
        for row in _come_to(step, day, calendar):
            places = _above(row.unit_id, step.above, chart)
            accounts = {account for place in places for account in holders[step.office, place]}
            found.append(Reached(row, step, tuple(sorted(accounts))))
    return found


def _come_to(step, day, calendar):
    """What is open and has come to the step, by its due day; not what was told of already."""
    if step.before:
        rows = Obligation.objects.open().filter(
            rule__sense__in=LIMITS, due_on__gte=day, due_on__lte=calendar.after(day, step.days)
        )
    else:
        rows = Obligation.objects.overdue(day).filter(due_on__lte=day - timedelta(days=step.days))
    told = Told.objects.filter(
        obligation=OuterRef("pk"),
        step=step.step,
        due_on=F("obligation__due_on"),
        on__lte=day + timedelta(days=FALSE_DAYS),
    )
    return rows.filter(~Exists(told), rule__key__startswith=step.rule_prefix).order_by(
        "due_on", "pk"
    )


def _holders(offices, day):
    """{(office, unit): accounts} in force on the day."""
    found = defaultdict(set)
    for office, unit, account in (
        Holding.objects.in_force(day)
        .filter(office_kind__in=offices)
        .values_list("office_kind", "unit", "account")
    ):
        found[office, unit].add(account)
    return found


def _above(unit, levels, chart):
    """The unit so many levels above on the map; of a unit that is no more, those above its
    heirs.
    """
    here = [unit] if unit in chart else list(chart.place(unit))
    return [
        line[levels]
        for line in ([one, *chart.ancestors(one)] for one in here)
        if levels < len(line)
    ]
