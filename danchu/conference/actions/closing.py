"""A conference is closed: what runs ends, and the register gets it with its delegates by bridge
point, as queries/attendance.py counts them.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.access.clerk import CLERK
from danchu.conference.models import FloorRequest
from danchu.conference.queries.attendance import attended
from danchu.conference.rules import CONFERENCE_LIFE
from danchu.conference.words import FloorState, ItemState, PollState
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.days import day_of, now
from danchu.kernel.refusals import Refused
from danchu.register.actions import confirm_event, draft_event
from danchu.subjects.writes import move_on

KIND = "conference"


@transaction.atomic
def close_conference(conference, *, by):
    """Nobody speaks, asks or votes from now on. The register has the conference at once:
    confirmed where `by` may, else a draft.
    """
    CONFERENCE_LIFE.require(by, "close", conference)
    found = CONFERENCE_LIFE.hold(conference, "close", "unit", "body")
    if found.polls.filter(state=PollState.OPEN).exists():
        raise Refused(_("Còn biểu quyết đang mở. Hãy đóng biểu quyết trước khi bế mạc."))
    at = max(now(), found.opened_at)
    found.items.filter(state=ItemState.CURRENT).update(state=ItemState.DONE, ended_at=at)
    running = FloorRequest.objects.filter(conference=found)
    running.filter(state=FloorState.SPEAKING).update(state=FloorState.DONE, ended_at=at)
    running.filter(state=FloorState.WAITING).update(
        state=FloorState.SKIPPED, reason=_("Hội nghị bế mạc")
    )
    event = _entered(found, by, at)
    move_on(found, CONFERENCE_LIFE, "close", closed_at=at, event=event)
    frames.wake(found, *frames.ALL)
    record(
        by,
        "conference.closed",
        found,
        unit=found.unit_id,
        event=found.event_id,
        counted=found.event.state,
    )
    return found


def _entered(conference, by, closed_at):
    """The event of the register with the delegates of each bridge point."""
    places = attended(conference, closed_at)
    total = sum(amount for _unit, _name, amount in places)
    clerk = by if by.may("draft", KIND, conference.unit_id) else CLERK
    event = draft_event(
        KIND,
        by=clerk,
        unit=conference.unit,
        body=conference.body,
        form="online" if len(places) > 1 else "on_site",
        held_on=day_of(conference.opened_at),
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
    except Refused:  # a statement on paper counts for that time: who looks at the draft decides
        return event
