"""A conference is closed: what is running ends, and the register gets an event with the number of
delegates by bridge point (queries/attendance.py).
"""

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from danchu.conference.access.clerk import CLERK
from danchu.conference.models import Conference, FloorRequest
from danchu.conference.queries.attendance import attendance_by_place
from danchu.conference.rules import CONFERENCE_LIFE
from danchu.conference.words import FloorState, ItemState, PollState
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import day_of, now, today
from danchu.kernel.refusals import Refused
from danchu.register.actions import confirm_event, draft_event
from danchu.subjects.writes import move_on

KIND = "conference"


@transaction.atomic
def close_conference(conference: Conference, *, by: Acting) -> Conference:
    """Close the hall: nobody can speak, ask or vote any more. The event of the register is
    confirmed where `by` has that right, else a draft. Refused while a poll is open or the hall is
    not; Denied without the right.
    """
    CONFERENCE_LIFE.require(by, "close", conference)
    conference = CONFERENCE_LIFE.hold(conference, "close", "unit", "body")
    if conference.polls.filter(state=PollState.OPEN).exists():
        raise Refused(_("Còn biểu quyết đang mở. Hãy đóng biểu quyết trước khi bế mạc."))
    at = max(now(), conference.opened_at)
    conference.items.filter(state=ItemState.CURRENT).update(state=ItemState.DONE, ended_at=at)
    requests = FloorRequest.objects.filter(conference=conference)
    # The clock may have been set back since the hall was opened, or since the speech began.
    ended_at = Greatest(Value(at), "began_at")
    requests.filter(state=FloorState.SPEAKING).update(state=FloorState.DONE, ended_at=ended_at)
    requests.filter(state=FloorState.WAITING).update(
        state=FloorState.SKIPPED, reason=_("Hội nghị bế mạc")
    )
    event = _register_event(conference, by, at)
    move_on(conference, CONFERENCE_LIFE, "close", closed_at=at, event=event)
    frames.wake(conference, *frames.ALL)
    record(
        by,
        "conference.closed",
        conference,
        unit=conference.unit_id,
        event=conference.event_id,
        counted=conference.event.state,
    )
    return conference


def _register_event(conference, by, closed_at):
    """The event of the register with the delegates of each bridge point."""
    places = attendance_by_place(conference, closed_at)
    total = sum(amount for _unit, _name, amount in places)
    drafter = by if by.may("draft", KIND, conference.unit_id) else CLERK
    event = draft_event(
        KIND,
        by=drafter,
        unit=conference.unit,
        body=conference.body,
        form="online" if len(places) > 1 else "on_site",
        held_on=min(day_of(conference.opened_at), today()),
        title=conference.title,
        participants=total,
        illustrative=conference.illustrative,
        parts=[("bridge_point", unit, name, amount) for unit, name, amount in places],
    )
    if not by.may("confirm", KIND, conference.unit_id):
        return event
    try:
        with transaction.atomic():
            return confirm_event(event, by=by)
    except Refused:  # a paper report covers that time: whoever reads the draft decides
        return event
