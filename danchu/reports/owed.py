"""Which places below an official have not reported the last quarter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from danchu.people.models import Holding
from danchu.people.offices_held import offices_of
from danchu.reports.lives import REPORT, State
from danchu.reports.models import OfficeReport
from danchu.reports.outline import UsualPeriod, last_ended
from danchu.subjects.scoped import condition_within
from danchu.units.names import names_on


@dataclass(frozen=True)
class Unreported:
    """A unit (its id) without a sealed report; `report` is the latest that is being written, None
    for none, `writers` are the accounts' names of whoever may write it there.
    """

    unit: int
    report: OfficeReport | None
    writers: tuple[str, ...]


def unreported(actor: Any, day: date) -> tuple[UsualPeriod, list[Unreported]]:
    """The quarter that ended last before the day, and the units below the actor's own where an
    office may write reports but none that ends with the quarter is sealed; by their codes.
    """
    quarter = last_ended(day)
    scope = actor.scope("draft", REPORT)
    if scope == frozenset():
        return quarter, []
    own = {unit for _office, _where, unit in offices_of(actor)}
    rows = Holding.objects.in_force(day).filter(
        condition_within(scope, "unit"),
        office_kind__rights__verb="draft",
        office_kind__rights__kind=REPORT,
    )
    writers: dict[int, list[str]] = {}
    for unit, name in rows.order_by("pk").values_list("unit", "account__name"):
        if unit not in own:
            writers.setdefault(unit, []).append(name)
    reports = OfficeReport.objects.filter(unit__in=writers, until=quarter.period.until)
    latest = {report.unit_id: report for report in reports.exclude(state=State.DROPPED)}
    sealed = set(reports.published().values_list("unit", flat=True))
    names = names_on(day)
    return quarter, [
        Unreported(unit, latest.get(unit), tuple(dict.fromkeys(writers[unit])))
        for unit in sorted(writers, key=lambda unit: names[unit].code)
        if unit not in sealed
    ]
