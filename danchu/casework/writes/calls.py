"""Which calls of a hot-line would be refused when they are taken in, because a paper book counts
them already.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from danchu.casework.input.call_rows import CallRow
from danchu.casework.models import Matter
from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.register.models import Statement
from danchu.units.models import Unit

# Takes one call in: (call, key of its hot-line, matter, {id: unit}, by whom).
TakeIn = Callable[[CallRow, str, Matter, Mapping[int, Unit], Acting], None]


@transaction.atomic
def refused_on_paper(rows: Sequence[CallRow], by: Acting, take_in: TakeIn) -> dict[CallRow, str]:
    """{call: why not} of the calls that a paper book counts already.

    Which statements count a petition depends on its unit and body, its days and its state. So of
    the calls that are alike in these one is taken in by the act itself and taken back, where the
    unit has a statement of one of the days at all.
    """
    stated = _stated(rows)
    alike: dict[tuple[Any, ...], list[CallRow]] = {}
    matters = Matter.objects.in_bulk({row.matter for row in rows}) if stated else {}
    for row in rows:
        if any(_covers(period, row) for period in stated.get(row.unit, ())):
            days = row.received_on, row.state, row.answered_on
            alike.setdefault((row.unit, matters[row.matter].body, *days), []).append(row)
    units = Unit.objects.in_bulk({pk for row in rows for pk in (row.unit, row.place)})
    reasons = {}
    for same in alike.values():
        message = _refusal(same[0], matters, units, by, take_in)
        if message:
            reasons.update(dict.fromkeys(same, message))
    return reasons


def _refusal(row, matters, units, by, take_in):
    try:
        with transaction.atomic():
            take_in(row, "", matters[row.matter], units, by)
            transaction.set_rollback(True)
    except Refused as refusal:
        return str(refusal.message)
    return ""


def _stated(rows):
    """{unit id: [(first day, day after the last)]} of the confirmed statements of the units."""
    periods: dict[int, list[Any]] = {}
    statements = Statement.objects.counted().filter(unit__in={row.unit for row in rows})
    for unit, since, until in statements.values_list("unit", "since", "until"):
        periods.setdefault(unit, []).append((since, until))
    return periods


def _covers(period, row):
    days = [row.received_on, *([row.answered_on] if row.answered_on else [today()])]
    return any(period[0] <= day < period[1] for day in days)
