"""The sequencer: the only process that numbers the frames of the halls.

It waits until an act or the intake notifies it of changed parts, reads these parts from the tables
and publishes the difference to the published state: at once for the programme and the floor, at
most once a second for counts. If it is killed, the next one continues from the state in the table:
its memory holds only when each part was published last.
"""

import logging
import select
import signal
import time
from collections import defaultdict
from datetime import timedelta

import psycopg
from django.db import InterfaceError, OperationalError, connection

from danchu.conference.channels import WAKE
from danchu.conference.models import Conference, HallState
from danchu.conference.queries.hall_state import PARTS, hall_state, keys_of_parts
from danchu.conference.writes.frames import changes_between, frame_body, publish
from danchu.kernel.addresses import number_in
from danchu.kernel.days import now
from danchu.kernel.metrics import hall_frames
from danchu.live.bus import NoRelay, relay

log = logging.getLogger("danchu")
LOCK = 0x68616C6C  # "hall": the advisory lock that one sequencer of a database holds
SLOW = frozenset({"polls", "questions", "presence"})  # counts: published at most once a second
SECOND = 1.0
PRESENCE_SECONDS = 2.0
WHOLE_SECONDS = 30.0  # how often every part is compared, in case a notification was lost
DAY = timedelta(days=1)


def sequence(conference, parts=tuple(PARTS), relay=None):
    """Publish the difference between the tables and the published state in these parts. Returns the
    number of the frame, or None if nothing differs. `relay` (bus.py) forwards the frame.
    """
    published = (
        HallState.objects.filter(conference=conference).values_list("state", flat=True).first()
        or {}
    )
    changes = changes_between(keys_of_parts(published, parts), hall_state(conference, parts))
    if not changes:
        return None
    v = publish(conference, changes)
    hall_frames.inc()
    (relay or NoRelay()).frame(conference.pk, v, frame_body(v, changes))
    return v


class Sequencer:
    """Which parts of which halls changed (`dirty`), and when each was published last (`last`)."""

    def __init__(self):
        self.dirty = defaultdict(set)
        self.last = {}

    def note(self, payload):
        """A notification "<conference id> <part> …"; what cannot be read is ignored."""
        conference, *parts = payload.split()
        number = number_in(conference)
        if number is not None:
            self.dirty[number] |= set(parts) & PARTS.keys()

    def due(self, now):
        """[(conference id, parts)] to publish now; slow parts wait until their pause is over."""
        due = []
        for conference, parts in list(self.dirty.items()):
            ready = {
                part
                for part in parts
                if part not in SLOW
                or now - self.last.get((conference, part), -SECOND) >= self._pause(part)
            }
            if ready:
                due.append((conference, ready))
                self.dirty[conference] -= ready
                if not self.dirty[conference]:
                    del self.dirty[conference]
                self.last.update({(conference, part): now for part in ready})
        return due

    @staticmethod
    def _pause(part):
        return PRESENCE_SECONDS if part == "presence" else SECOND

    def wait(self, now):
        """Seconds until the next part may be due, at most one."""
        waits = [
            self.last.get((conference, part), now) + self._pause(part) - now
            for conference, parts in self.dirty.items()
            for part in parts
        ]
        return max(0.01, min([SECOND, *waits]))

    def mark_all(self):
        """Mark every part of every hall in use as changed, in case a notification was lost."""
        for pk in Conference.objects.due_for_full_state(now() - DAY).values_list("pk", flat=True):
            self.dirty[pk] |= set(PARTS)


def run():
    """Run the sequencer until SIGTERM or SIGINT; while another one holds the lock, stand by."""
    ending = []
    frame_relay = relay()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.append(True))
    while not ending:
        try:
            _listen(ending, frame_relay)
        # psycopg.Error too: Django wraps only the errors of its cursors.
        except (OperationalError, InterfaceError, psycopg.Error) as error:
            log.error("Sequencer: database does not answer: %s", str(error).splitlines()[:1])
            connection.close()
            time.sleep(0.5)
    connection.close()


def _listen(ending, frame_relay):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            connection.close()
            time.sleep(1)
            return
        cursor.execute(f"LISTEN {WAKE}")
    sequencer = Sequencer()
    compared_all = -WHOLE_SECONDS
    while not ending:
        now = time.monotonic()
        if now - compared_all >= WHOLE_SECONDS:
            sequencer.mark_all()
            compared_all = now
        for note in _notes(sequencer.wait(now)):
            sequencer.note(note)
        for pk, parts in sequencer.due(time.monotonic()):
            conference = Conference.objects.filter(pk=pk).first()
            if conference:
                _publish_parts(
                    conference, tuple(part for part in PARTS if part in parts), frame_relay
                )


def _publish_parts(conference, parts, frame_relay):
    """An error in one hall must not stop the others: it is logged, and the parts are compared again
    within WHOLE_SECONDS.
    """
    try:
        sequence(conference, parts, frame_relay)
    except (OperationalError, InterfaceError, psycopg.Error):
        raise
    except Exception:
        log.exception("Sequencer: hall %s", conference.pk)


def _notes(seconds):
    """The payloads of the notifications that arrive within so many seconds, each once."""
    session = connection.connection
    if session is None or session.closed:
        raise OperationalError("connection lost")
    payloads = {note.payload: None for note in session.notifies(timeout=0)}
    if not payloads:
        select.select([session.fileno()], [], [], seconds)
        payloads = {note.payload: None for note in session.notifies(timeout=0)}
    return list(payloads)
