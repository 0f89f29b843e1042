"""How an act of a record meets or excuses the obligation that belongs to it. Somebody may have
closed that obligation at its own page; then it stays as they closed it, and the act goes on.
"""

from __future__ import annotations

from datetime import date

from danchu.kernel.actor import Acting
from danchu.law.deadline import is_late
from danchu.obligations.actions import excuse_obligation, meet_obligation
from danchu.obligations.models import Obligation, State


def meet_unless_closed(obligation: Obligation, *, by: Acting, on: date) -> Obligation:
    """The obligation, met on the day; as it stands where somebody closed it."""
    obligation = _held(obligation)
    if obligation.state != State.OPEN:
        return obligation
    return meet_obligation(obligation, by=by, on=on)


def excuse_unless_closed(
    obligation: Obligation, *, by: Acting, reason: str, on: date | None = None
) -> Obligation:
    """The obligation, excused from the day on; as it stands where somebody closed it."""
    obligation = _held(obligation)
    if obligation.state != State.OPEN:
        return obligation
    return excuse_obligation(obligation, by=by, reason=reason, on=on)


def in_time(obligation: Obligation, on: date) -> bool:
    """Whether what was done on the day is in time. Closing the obligation at its own page betters
    nothing: late is what was closed as late, and what came after the due day.
    """
    if obligation.state == State.LATE:
        return False
    return not is_late(obligation.rule.sense, obligation.due_on, on)


def _held(obligation):
    """The row as it is now, locked until the transaction ends."""
    rows = Obligation.objects.select_for_update(of=("self",)).select_related("unit", "rule")
    return rows.get(pk=obligation.pk)
