"""What is sent to the hall: acts wake the sequencer, which alone numbers frames.

A frame holds absolute values ({key: value}, null for a removed key): the last value of a key is
valid, and applying a frame twice is harmless.
"""

import json
from datetime import UTC, datetime

from django.db import connection, transaction

from danchu.conference.channels import CONTROL, FRAME, WAKE
from danchu.conference.models import Frame, HallState

ALL = ("programme", "polls", "questions", "floor", "presence")
LONGEST_NOTE = 7_900  # the payload of NOTIFY is limited to 8,000 bytes


def wake(conference, *parts):
    """Notify the sequencer, when this transaction commits, which parts of the hall have changed
    (keys of `queries.hall_state.PARTS`).
    """
    _notify(WAKE, f"{conference.pk} {' '.join(parts)}")


def drop_device(device):
    """Notify the hubs, when this transaction commits, to close the lines of a device."""
    _notify(CONTROL, f"device {device}")


def _notify(channel, text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, text])


@transaction.atomic
def publish(conference, changes):
    """Number and store a frame of `changes` and notify the hubs. Returns its number. Only the
    holder of the sequencer's lock calls this.
    """
    halls = HallState.objects.select_for_update()
    hall = halls.filter(conference=conference).first()
    if hall is None:  # not read first for each frame: it would fetch and parse the state twice
        HallState.objects.get_or_create(conference=conference)
        hall = halls.get(conference=conference)
    hall.v += 1
    hall.state = apply_changes(hall.state, changes)
    hall.save(update_fields=["v", "state"])
    body = frame_body(hall.v, changes)
    Frame.objects.create(conference=conference, v=hall.v, body=body, at=datetime.now(UTC))
    note = f"{conference.pk} {body}"
    _notify(FRAME, note if len(note.encode()) <= LONGEST_NOTE else f"{conference.pk} {hall.v}")
    return hall.v


def frame_body(v, changes):
    """The JSON text of a frame."""
    return json.dumps({"v": v, "changes": changes}, ensure_ascii=False, separators=(",", ":"))


def apply_changes(state, changes):
    """The state after the changes, both {key: value}."""
    merged = {**state, **changes}
    return {key: value for key, value in merged.items() if value is not None}


def changes_between(before, after):
    """The changes that lead from the state `before` to the state `after`."""
    changed = {key: value for key, value in after.items() if before.get(key) != value}
    return changed | {key: None for key in before if key not in after}
