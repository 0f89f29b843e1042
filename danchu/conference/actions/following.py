"""A conference stays with its event of the register. Called by the register's acts."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.models import Conference
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused, require
from danchu.register.models import Event


@transaction.atomic
def follow_conference(old: Event, new: Event | None, *, by: Acting) -> int:
    """Move the conference of the event `old` to its correction `new`; None: the draft is discarded,
    and the conference has no event. Returns how many. Refused, on "unit", where the event moves to
    another unit; Denied to the public: the act of the register has checked the right.
    """
    require(not by.is_public)
    conferences = list(Conference.objects.select_for_update().filter(event=old))
    for conference in conferences:
        if new is not None and new.unit_id != conference.unit_id:
            message = _("Hội nghị này có hội trường ở đơn vị đã ghi: không chuyển nơi khác được.")
            raise Refused(message, "unit")
        conference.event = new
        conference.save(update_fields=["event"])
        record(
            by,
            "conference.event_followed",
            conference,
            unit=conference.unit_id,
            event=new.pk if new else None,
        )
    return len(conferences)
