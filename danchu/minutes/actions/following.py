"""Minutes follow their event: to what it was corrected to, or to stand alone when its draft was
thrown away. Part of the register's acts.
"""

from django.db import transaction

from danchu.journal.actions import record
from danchu.kernel.refusals import require
from danchu.minutes.models import Minutes


@transaction.atomic
def follow_event(old, new, *, by):
    """How many belong to `new` from now on."""
    require(not by.is_public)
    number = Minutes.objects.filter(event=old).update(event=new)
    if number:
        record(by, "minutes.followed", new or old, unit=old.unit_id, number=number)
    return number
