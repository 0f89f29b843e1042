"""The minutes of a closed conference are drafted from what happened; from there on they live in
the room of minutes.
"""

from django.db import transaction

from danchu.conference.models.programme import HALL
from danchu.conference.queries.minutes_draft import attendance, hours, written
from danchu.conference.rules import CONFERENCE_LIFE
from danchu.journal.actions import record
from danchu.kernel.days import day_of
from danchu.minutes.actions import draft_minutes


@transaction.atomic
def write_minutes(conference, *, by):
    """A draft of the minutes, written from the rows. Refused when there are minutes already:
    they are edited or corrected instead.
    """
    CONFERENCE_LIFE.require(by, "minutes", conference)
    found = CONFERENCE_LIFE.hold(conference, "minutes", "unit", "body")
    made = draft_minutes(
        by=by,
        unit=found.unit,
        body=found.body,
        held_on=found.event.held_on if found.event else day_of(found.opened_at),
        title=found.title[:200],
        event=found.event,
        blocks=written(found),
        subject_kind=HALL,
        subject=str(found.uid),
        illustrative=found.illustrative,
        hours=hours(found),
        attendance=attendance(found)[:1000],
    )
    record(by, "conference.minuted", found, unit=found.unit_id, minutes=made.pk)
    return made
