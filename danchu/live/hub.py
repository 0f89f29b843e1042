"""A hub: holds one long line (SSE) to each device and passes the hall's numbered frames on.

One protocol object for each connection, no task and no queue. A device that does not read is
disconnected and comes back.
"""

import asyncio
import json
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

from danchu.conference.access.tokens import PUBLIC
from danchu.live.bus import bus
from danchu.live.database import GONE, Database
from danchu.live.hall import SLICE, Hall
from danchu.live.http import sweep
from danchu.live.line import Line
from danchu.live.listening import open_door
from danchu.live.process import give_way, listening_socket, raise_descriptors

LINES_OF_A_PASS = 8
HEARTBEAT_SECONDS = 30
# An event, not a comment: only events are heard by a page's script, which takes a silent line for a
# lost one (static/live/line.js).
BEAT = b"event: beat\ndata:\n\n"
NOTE_SECONDS = 0.2
SEEN_SECONDS = 5

OPENED = """
INSERT INTO conference_line (hub_id, number, pass_in_id, opened_at)
SELECT $1::uuid, o.* FROM unnest($2::bigint[], $3::bigint[], $4::timestamptz[]) AS o(number,
    pass_in, at)
JOIN conference_pass p ON p.id = o.pass_in ON CONFLICT DO NOTHING
"""
CLOSED = """
UPDATE conference_line l SET closed_at = greatest(c.at, l.opened_at) FROM unnest($2::bigint[],
    $3::timestamptz[]) AS c(number, at)
WHERE l.hub_id = $1::uuid AND l.number = c.number
"""
BORN = (
    "INSERT INTO conference_hub (uid, started_at, seen_at) VALUES ($1, $2, $2) ON CONFLICT "
    "DO NOTHING"
)
SEEN = "UPDATE conference_hub SET seen_at = $2 WHERE uid = $1"
PRESENCE = "SELECT pg_notify('hall', c::text || ' presence') FROM unnest($1::bigint[]) AS c"


class Hub:
    """All lines of this process, and the notes of who came and went."""

    def __init__(self, origins=()):
        self.uid = uuid4()
        self.origins = frozenset(origins)
        self.waiting = set()
        self.halls = {}
        self.revoked = set()
        self.of_pass = Counter()
        self.numbers = count(1)
        self.most = raise_descriptors() - 100
        self.open = 0
        self.opened = []
        self.closed = []
        self.touched = set()
        self.now = time.monotonic
        self.notes = Database()
        self.reading = Database()
        self.bus = bus()
        self.loading = set()

    def has_room(self, token):
        return self.open < self.most and (
            token.role == PUBLIC or self.of_pass[token.pass_in] < LINES_OF_A_PASS
        )

    def join(self, line, conference, head, seen):
        """Let the line into the hall; while the hall is being read from the database, it waits
        at the door.
        """
        hall = self.halls.get(conference)
        if hall is None:
            hall = self.halls[conference] = Hall(conference)
            task = asyncio.ensure_future(self._load(hall))
            self.loading.add(task)
            task.add_done_callback(self.loading.discard)
        line.hall = hall
        self.waiting.discard(line)
        self.open += 1
        if line.pass_in:
            self.of_pass[line.pass_in] += 1
        if hall.is_loaded:
            self._enter(line, head, seen)
        else:
            hall.joining.append((line, head, seen))

    def _enter(self, line, head, seen):
        """Backlog and membership in one breath: no await in here, or a frame is lost or doubled."""
        hall = line.hall
        if line.transport is None or line.transport.is_closing():
            return
        line.transport.write(head + hall.backlog(seen))
        hall.lines.add(line)
        line.listen()
        if line.pass_in:
            line.number = next(self.numbers)
            self.opened.append((line.number, line.pass_in, datetime.now(UTC)))
            self.touched.add(hall.pk)

    def left(self, line):
        """A line ended."""
        if line.hall is None:
            return
        self.open -= 1
        line.hall.lines.discard(line)
        if line.pass_in:
            self.of_pass[line.pass_in] -= 1
            if not self.of_pass[line.pass_in]:
                del self.of_pass[line.pass_in]
        if line.number:
            self.closed.append((line.number, datetime.now(UTC)))
            self.touched.add(line.hall.pk)

    async def _load(self, hall):
        """Read the hall's state, then let in who waits at its door."""
        while not hall.is_loaded:
            try:
                rows = await self.reading.fetch(
                    "SELECT v, state FROM conference_hallstate WHERE conference_id = $1", hall.pk
                )
                hall.last = hall.queued = rows[0]["v"] if rows else 0
                hall.state = json.loads(rows[0]["state"]) if rows else {}
                hall.is_loaded = True
                await self.catch_up(hall)
            except GONE:
                await asyncio.sleep(0.3)
        waiting = hall.joining
        hall.joining = []
        for line, head, seen in waiting:
            self._enter(line, head, seen)

    async def catch_up(self, hall):
        """Queue the frames that were kept while we did not hear."""
        rows = await self.reading.fetch(
            "SELECT v, body FROM conference_frame WHERE conference_id = $1 AND v > $2 ORDER BY v",
            hall.pk,
            hall.queued,
        )
        for row in rows:
            hall.queue(row["v"], row["body"])

    async def hear(self, conference, v, body):
        """A frame from the bus: repeated ones are passed over, a gap is read from the table
        first.
        """
        hall = self.halls.get(conference)
        if hall is None or not hall.is_loaded or v <= hall.queued:
            return
        if body is None or not hall.queue(v, body):
            await self.catch_up(hall)

    async def hear_anew(self):
        """The bus was away: whatever was told meanwhile is in the table."""
        for hall in [hall for hall in self.halls.values() if hall.is_loaded]:
            await self.catch_up(hall)
        self.revoked = {
            row["device"]
            for row in await self.reading.fetch("SELECT device FROM conference_revokeddevice")
        }

    def control(self, text):
        """A word to all hubs: "device <device>" ends its lines."""
        what, _blank, which = text.partition(" ")
        if what == "device":
            self.revoked.add(which)
            for line in [
                line for hall in self.halls.values() for line in hall.lines if line.device == which
            ]:
                line.transport.abort()

    async def note(self):
        """Write down who came and went, in groups, and that we live."""
        seen = 0.0
        while True:
            await asyncio.sleep(NOTE_SECONDS)
            opened = self.opened
            closed = self.closed
            touched = self.touched
            if not opened and not closed and self.now() - seen < SEEN_SECONDS:
                continue
            self.opened = []
            self.closed = []
            self.touched = set()
            try:
                await self._write_notes(opened, closed, touched)
                seen = self.now()
            except GONE:
                await self.notes.drop()
                self.opened = opened + self.opened
                self.closed = closed + self.closed
                self.touched = touched | self.touched

    async def _write_notes(self, opened, closed, touched):
        connection = await self.notes.get()
        now = datetime.now(UTC)
        async with connection.transaction():
            await connection.execute(BORN, self.uid, now)
            await connection.execute(SEEN, self.uid, now)
            if opened:
                await connection.execute(OPENED, self.uid, *map(list, zip(*opened, strict=True)))
            if closed:
                await connection.execute(CLOSED, self.uid, *map(list, zip(*closed, strict=True)))
            if touched:
                await connection.execute(PRESENCE, sorted(touched))

    async def beat(self):
        """A sign of life to a thirtieth of the lines each second; hang up on those who never
        finished asking.
        """
        for tick in count():
            await asyncio.sleep(1)
            sweep(self)
            for hall in list(self.halls.values()):
                for line in [
                    line
                    for line in hall.lines
                    if id(line) // 64 % HEARTBEAT_SECONDS == tick % HEARTBEAT_SECONDS
                ]:
                    line.transport.write(BEAT)

    async def close(self):
        """End the lines in slices: the devices come back elsewhere, not all at once."""
        for hall in self.halls.values():
            for place, line in enumerate(list(hall.lines)):
                line.transport.close()
                if place % SLICE == SLICE - 1:
                    await asyncio.sleep(0.2)
        await asyncio.sleep(0.1)
        with suppress(*GONE):
            await self._write_notes(self.opened, self.closed, self.touched)


async def serve(host, port, origins, stopping):
    """Be a hub at host:port until `stopping` is set."""
    give_way()
    hub = Hub(origins)
    server = await open_door(lambda: Line(hub), listening_socket(host, port))
    tasks = [
        asyncio.ensure_future(task)
        for task in (hub.bus.listen(hub.hear, hub.hear_anew, hub.control), hub.note(), hub.beat())
    ]
    await stopping.wait()
    server.close()
    for task in tasks:
        task.cancel()
    await hub.close()
