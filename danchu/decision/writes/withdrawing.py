"""What a matter takes along when it is withdrawn before it has a result: what is owed about it, a
poll on line that is open, and of a matter of a commune what its villages have not decided.
"""

from django.db import transaction

from danchu.decision.lives import OPEN, State
from danchu.decision.models import HouseholdDecision, OnlineChoice, OnlinePoll
from danchu.decision.writes.settling import excuse_open
from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.obligations.clock import LAW
from danchu.vault.urn import destroy_urn


def take_along(decision, by):
    """End what hangs on the matter, which its act withdraws with `decision.reason`."""
    excuse_open(decision, LAW, decision.reason)
    _stop_polls(decision)
    parts = HouseholdDecision.objects.filter(commune_part__whole__decision=decision)
    for settled in parts.exclude(state__in=OPEN):
        excuse_open(settled, LAW, decision.reason)
    withdraw_each(open_ones(parts), by, decision.reason)


def open_ones(decisions):
    """Those of the decisions that have no result, locked."""
    return decisions.filter(state__in=OPEN).select_for_update(of=("self",))


def withdraw_each(decisions, by, reason):
    """Withdraw decisions of villages with a reason; how many."""
    number = 0
    for one in decisions:
        one.state = State.WITHDRAWN
        one.reason = reason
        one.save(update_fields=["state", "reason"])
        take_along(one, by)
        record(by, "household_decision.withdrawn", one, unit=one.unit_id)
        number += 1
    return number


def _stop_polls(decision):
    """Close an open poll uncounted: no choice comes any more, those that were sealed are erased and
    their key is destroyed, so that nobody ever reads them.
    """
    polls = OnlinePoll.objects.select_for_update().filter(
        vote__decision=decision, opened_at__isnull=False, closed_at=None
    )
    for poll in polls:
        poll.closed_at = now()
        poll.save(update_fields=["closed_at"])
        OnlineChoice.objects.filter(poll=poll).update(sealed=None)
        transaction.on_commit(lambda uid=poll.uid: destroy_urn(uid))
