"""Moves minutes to the corrected event, or detaches them when a draft event is discarded. Called by
the register's acts.
"""

from django.db import transaction

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import require
from danchu.minutes.models import Minutes
from danchu.register.models import Event


@transaction.atomic
def follow_event(old: Event, new: Event | None, *, by: Acting) -> int:
    """Move the minutes of the event `old` to `new` (None: to no event); how many. Denied to the
    public; the act of the register has checked the right.
    """
    require(not by.is_public)
    number = Minutes.objects.filter(event=old).update(event=new)
    if number:
        record(by, "minutes.followed", new or old, unit=old.unit_id, number=number)
    return number
