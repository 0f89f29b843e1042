"""Moves minutes to the corrected event, or detaches them when a draft event is discarded. Called by
the register's acts.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused, require
from danchu.minutes.models import Minutes
from danchu.register.models import Event


@transaction.atomic
def follow_event(old: Event, new: Event | None, *, by: Acting) -> int:
    """Move the minutes of the event `old` to `new` (None: to no event). Returns how many. Refused,
    on "unit", where the event moves to another unit than its minutes; Denied to the public: the act
    of the register has checked the right.
    """
    require(not by.is_public)
    if new is not None and Minutes.objects.filter(event=old).exclude(unit=new.unit_id).exists():
        message = _("Việc này có biên bản của đơn vị đã ghi: không chuyển sang đơn vị khác được.")
        raise Refused(message, "unit")
    number = Minutes.objects.filter(event=old).update(event=new)
    if number:
        record(by, "minutes.followed", new or old, unit=old.unit_id, number=number)
    return number
