"""The sequencer: alone numbers the frames of every hall.

It sleeps until an act or the intake wakes it, reads the parts that changed from the tables, and
publishes what differs from the state last told: at once for the programme, the floor and openings,
at most once a second for counts. Killed, it goes on where the state in the table stands: nothing is
kept in its memory that matters.
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
from danchu.live.bus import NoRelay, relay

log = logging.getLogger("danchu")
LOCK = 0x68616C6C  # "hall": one sequencer for a database
SLOW = frozenset({"polls", "questions", "presence"})  # counts: told once a second
SECOND = 1.0
PRESENCE_SECONDS = 2.0
WHOLE_SECONDS = 30.0
DAY = timedelta(days=1)


def sequence(conference, parts=tuple(PARTS), carry=None):
    """Publish what differs in these parts from what was told, and let `carry` take it further;
    the frame's number, or None.
    """
    held = (
        HallState.objects.filter(conference=conference).values_list("state", flat=True).first()
        or {}
    )
    changes = changes_between(keys_of_parts(held, parts), hall_state(conference, parts))
    if not changes:
        return None
    v = publish(conference, changes)
    (carry or NoRelay()).frame(conference.pk, v, frame_body(v, changes))
    return v


class Sequencer:
    """Which parts of which hall are to be told, and when each was told last."""

    def __init__(self):
        self.dirty = defaultdict(set)
        self.last = {}

    def note(self, payload):
        """A wake: "<conference> <part> …"; what cannot be read is passed over."""
        conference, *parts = payload.split()
        number = number_in(conference)
        if number is not None:
            self.dirty[number] |= set(parts) & PARTS.keys()

    def due(self, now):
        """[(conference id, parts)] to be told now; slow parts wait their second."""
        found = []
        for conference, parts in list(self.dirty.items()):
            ready = {
                part
                for part in parts
                if part not in SLOW
                or now - self.last.get((conference, part), -SECOND) >= self._pause(part)
            }
            if ready:
                found.append((conference, ready))
                self.dirty[conference] -= ready
                if not self.dirty[conference]:
                    del self.dirty[conference]
                self.last.update({(conference, part): now for part in ready})
        return found

    @staticmethod
    def _pause(part):
        return PRESENCE_SECONDS if part == "presence" else SECOND

    def wait(self, now):
        """Seconds until something may be due."""
        waits = [
            self.last.get((conference, part), now) + self._pause(part) - now
            for conference, parts in self.dirty.items()
            for part in parts
        ]
        return max(0.01, min([SECOND, *waits]))

    def look_at_all(self):
        """Everything of every hall in use is looked at again: what a lost wake has left untold."""
        for pk in Conference.objects.due_for_full_state(now() - DAY).values_list("pk", flat=True):
            self.dirty[pk] |= set(PARTS)


def run():
    """Be the sequencer until a signal; while another is, stand by."""
    ending = []
    carry = relay()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.append(True))
    while not ending:
        try:
            _listen(ending, carry)
        except (
            OperationalError,
            InterfaceError,
            psycopg.Error,
        ) as error:  # Django wraps only what its cursors meet
            log.error("Sequencer: database does not answer: %s", str(error).splitlines()[:1])
            connection.close()
            time.sleep(0.5)
    connection.close()


def _listen(ending, carry):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            connection.close()
            time.sleep(1)
            return
        cursor.execute(f"LISTEN {WAKE}")
    sequencer = Sequencer()
    whole = -WHOLE_SECONDS
    while not ending:
        now = time.monotonic()
        if now - whole >= WHOLE_SECONDS:
            sequencer.look_at_all()
            whole = now
        for note in _notes(sequencer.wait(now)):
            sequencer.note(note)
        for pk, parts in sequencer.due(time.monotonic()):
            conference = Conference.objects.filter(pk=pk).first()
            if conference:
                _tell(conference, tuple(part for part in PARTS if part in parts), carry)


def _tell(conference, parts, carry):
    """What is wrong with one hall must not silence the others: it is logged, and tried again
    with the next whole look.
    """
    try:
        sequence(conference, parts, carry)
    except (OperationalError, InterfaceError, psycopg.Error):
        raise
    except Exception:
        log.exception("Sequencer: hall %s", conference.pk)


def _notes(seconds):
    """The payloads that came within so many seconds, or have come already; doubles once."""
    held = connection.connection
    if held is None or held.closed:
        raise OperationalError("connection lost")
    noted = {note.payload: None for note in held.notifies(timeout=0)}
    if not noted:
        select.select([held.fileno()], [], [], seconds)
        noted = {note.payload: None for note in held.notifies(timeout=0)}
    return list(noted)
