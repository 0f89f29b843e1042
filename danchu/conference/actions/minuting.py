"""Draft the minutes of a closed conference from its rows; from there on they belong to the room
`minutes`.
"""

from django.db import transaction

from danchu.conference.models import Conference
from danchu.conference.models.programme import HALL
from danchu.conference.queries.minutes_draft import attendance_sentence, draft_blocks, hours_of
from danchu.conference.rules import CONFERENCE_LIFE
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import day_of
from danchu.minutes.actions import draft_minutes
from danchu.minutes.models import Minutes
from danchu.register.models import Event, State


@transaction.atomic
def write_minutes(conference: Conference, *, by: Acting) -> Minutes:
    """A draft of the minutes, written from the rows. Refused while the conference is not closed, or
    when there are minutes already: they are edited or corrected instead. Denied without the right.
    """
    CONFERENCE_LIFE.require(by, "minutes", conference)
    conference = CONFERENCE_LIFE.hold(conference, "minutes", "unit", "body")
    conference.event = _event_now(conference)
    minutes = draft_minutes(
        by=by,
        unit=conference.unit,
        body=conference.body,
        held_on=conference.event.held_on if conference.event else day_of(conference.opened_at),
        title=conference.title[:200],
        event=conference.event,
        blocks=draft_blocks(conference),
        subject_kind=HALL,
        subject=str(conference.uid),
        illustrative=conference.illustrative,
        hours=hours_of(conference),
        attendance=attendance_sentence(conference)[:1000],
    )
    record(by, "conference.minuted", conference, unit=conference.unit_id, minutes=minutes.pk)
    return minutes


def _event_now(conference):
    """The event of the conference as it stands in the register: the last correction, also where an
    earlier version left the conference at what was corrected; None where it was withdrawn.
    """
    event = conference.event
    while event is not None and event.state == State.SUPERSEDED:
        event = Event.objects.filter(supersedes=event).first()
    return event if event is None or event.state != State.WITHDRAWN else None
