"""A hub: keeps one connection (server-sent events) to each device and sends it the numbered frames
of its hall.

One protocol object a connection, no task and no queue of its own. A device that does not read is
disconnected; its page reconnects.
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
from danchu.kernel.metrics import hall_readers
from danchu.live.bus import bus
from danchu.live.database import DISCONNECTED, Database
from danchu.live.hall import SLICE, Hall
from danchu.live.http import close_idle, trusted_proxies
from danchu.live.listening import start_server
from danchu.live.process import listening_socket, lower_priority, raise_descriptors
from danchu.live.subscriber import Subscriber
from danchu.live.unfinished import Unfinished

CONNECTIONS_OF_A_PASS = 8
PUBLIC_PERCENT = 75  # of the descriptors; the rest is for passes
# One address may hold a twentieth of the descriptors: a building behind one address fits.
ADDRESSES = 20
FEWEST_OF_ADDRESS = 50
HEARTBEAT_SECONDS = 30
# An event, not a comment: without one for long the script reconnects (static/live/line.js).
HEARTBEAT = b"event: beat\ndata:\n\n"
NOTE_SECONDS = 0.2
SEEN_SECONDS = 5
HANDOVER_SECONDS = 0.2  # between slices when the hub ends

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
BORN = """
INSERT INTO conference_hub (uid, started_at, seen_at) VALUES ($1, $2, $2) ON CONFLICT DO NOTHING
"""
SEEN = "UPDATE conference_hub SET seen_at = $2 WHERE uid = $1"
PRESENCE = "SELECT pg_notify('hall', c::text || ' presence') FROM unnest($1::bigint[]) AS c"


class Hub:
    """All connections of this process, and the rows about them that are not yet written."""

    def __init__(self, origins=()):
        self.uid = uuid4()
        self.origins = frozenset(origins)
        self.proxies = trusted_proxies()
        self.halls = {}
        self.revoked = set()
        self.of_pass = Counter()
        self.of_public = Counter()  # {address: open connections of the public}
        self.public_open = 0
        self.numbers = count(1)
        self.most_open = raise_descriptors() - 100
        self.now = time.monotonic
        # Half of the descriptors at most are held by who has not sent a request yet.
        most_of_one = max(FEWEST_OF_ADDRESS, self.most_open // ADDRESSES)
        self.waiting = Unfinished(self.most_open // 2, most_of_one, self.now)
        self.open = 0
        self.opened = []
        self.closed = []
        self.changed_halls = set()
        self.writing = Database()
        self.reading = Database()
        self.bus = bus()
        self.loading = set()

    def has_room(self, token, address):
        """Whether one more connection fits: within the descriptors of the process; for a pass,
        within CONNECTIONS_OF_A_PASS; for the public, within its share of the descriptors and that
        of one address, so that spectators never take the places of delegates.
        """
        if self.open >= self.most_open:
            return False
        if token.role != PUBLIC:
            return self.of_pass[token.pass_in] < CONNECTIONS_OF_A_PASS
        most_of_address = max(FEWEST_OF_ADDRESS, self.most_open // ADDRESSES)
        most_of_public = self.most_open * PUBLIC_PERCENT // 100
        return self.public_open < most_of_public and self.of_public[address] < most_of_address

    def join(self, subscriber, conference, head, seen):
        """Subscribe a connection to a hall. `head` is the head of its response, `seen` the number
        of the last frame it has or None. Until the hall is loaded the connection waits.
        """
        hall = self.halls.get(conference)
        if hall is None:
            hall = self.halls[conference] = Hall(conference)
            task = asyncio.ensure_future(self._load(hall))
            self.loading.add(task)
            task.add_done_callback(self.loading.discard)
        subscriber.hall = hall
        self.waiting.discard(subscriber)
        self.open += 1
        if subscriber.pass_in:
            self.of_pass[subscriber.pass_in] += 1
        elif subscriber.address:
            self.of_public[subscriber.address] += 1
            self.public_open += 1
        if hall.is_loaded:
            self._subscribe(subscriber, head, seen)
        else:
            hall.joining.append((subscriber, head, seen))

    def _subscribe(self, subscriber, head, seen):
        """Send the backlog and add the subscriber. No await in here: a frame between the two steps
        would be lost or sent twice.
        """
        hall = subscriber.hall
        if subscriber.transport is None or subscriber.transport.is_closing():
            return None
        if subscriber.device in self.revoked:  # revoked while the hall was loading
            return subscriber.transport.abort()
        subscriber.transport.write(head + hall.backlog(seen))
        hall.subscribers.add(subscriber)
        subscriber.start_streaming()
        if subscriber.pass_in:
            subscriber.number = next(self.numbers)
            self.opened.append((subscriber.number, subscriber.pass_in, datetime.now(UTC)))
            self.changed_halls.add(hall.pk)
        return None

    def leave(self, subscriber):
        """A connection ended."""
        if subscriber.hall is None:
            return
        self.open -= 1
        subscriber.hall.subscribers.discard(subscriber)
        if subscriber.pass_in:
            self.of_pass[subscriber.pass_in] -= 1
            if not self.of_pass[subscriber.pass_in]:
                del self.of_pass[subscriber.pass_in]
        elif subscriber.address:
            self.of_public[subscriber.address] -= 1
            self.public_open -= 1
            if not self.of_public[subscriber.address]:
                del self.of_public[subscriber.address]
        if subscriber.number:
            self.closed.append((subscriber.number, datetime.now(UTC)))
            self.changed_halls.add(subscriber.hall.pk)

    async def _load(self, hall):
        """Read the state of the hall, then subscribe the connections that wait for it."""
        while not hall.is_loaded:
            try:
                rows = await self.reading.fetch(
                    "SELECT v, state FROM conference_hallstate WHERE conference_id = $1", hall.pk
                )
                hall.last = hall.queued = rows[0]["v"] if rows else 0
                hall.state = json.loads(rows[0]["state"]) if rows else {}
                hall.is_loaded = True
                await self.catch_up(hall)
            except DISCONNECTED:
                await asyncio.sleep(0.3)
        joining = hall.joining
        hall.joining = []
        for subscriber, head, seen in joining:
            self._subscribe(subscriber, head, seen)

    async def catch_up(self, hall):
        """Read the frames after the latest queued one from the table and queue them."""
        rows = await self.reading.fetch(
            "SELECT v, body FROM conference_frame WHERE conference_id = $1 AND v > $2 ORDER BY v",
            hall.pk,
            hall.queued,
        )
        for row in rows:
            hall.enqueue(row["v"], row["body"])

    async def receive_frame(self, conference, v, body):
        """Queue a frame of the bus. One that came already is ignored; a gap, or a frame too long
        for the bus (`body` None), is read from the table.
        """
        hall = self.halls.get(conference)
        if hall is None or not hall.is_loaded or v <= hall.queued:
            return
        if body is None or not hall.enqueue(v, body):
            await self.catch_up(hall)

    async def resynchronize(self):
        """After the bus was disconnected: read what it carried meanwhile from the tables."""
        rows = await self.reading.fetch("SELECT device FROM conference_revokeddevice")
        # Added, not replaced: a message that came during the query may be newer than its rows.
        self.revoked.update(row["device"] for row in rows)
        self._abort_revoked()
        for hall in [hall for hall in self.halls.values() if hall.is_loaded]:
            await self.catch_up(hall)

    def control(self, text):
        """A message to all hubs: "device <device>" ends the connections of that device."""
        command, _blank, device = text.partition(" ")
        if command == "device":
            self.revoked.add(device)
            self._abort_revoked()

    def _abort_revoked(self):
        for hall in self.halls.values():
            for subscriber in [one for one in hall.subscribers if one.device in self.revoked]:
                subscriber.transport.abort()

    async def write_notes(self):
        """Write, for ever, which connections opened and closed, in groups, and that the hub is
        alive.
        """
        seen = 0.0
        while True:
            await asyncio.sleep(NOTE_SECONDS)
            opened = self.opened
            closed = self.closed
            changed = self.changed_halls
            if not opened and not closed and self.now() - seen < SEEN_SECONDS:
                continue
            self.opened = []
            self.closed = []
            self.changed_halls = set()
            try:
                await self._write_notes(opened, closed, changed)
                seen = self.now()
            except DISCONNECTED:
                await self.writing.drop()
                self.opened = opened + self.opened
                self.closed = closed + self.closed
                self.changed_halls = changed | self.changed_halls

    async def _write_notes(self, opened, closed, changed):
        connection = await self.writing.get()
        now = datetime.now(UTC)
        async with connection.transaction():
            await connection.execute(BORN, self.uid, now)
            await connection.execute(SEEN, self.uid, now)
            if opened:
                await connection.execute(OPENED, self.uid, *map(list, zip(*opened, strict=True)))
            if closed:
                await connection.execute(CLOSED, self.uid, *map(list, zip(*closed, strict=True)))
            if changed:
                await connection.execute(PRESENCE, sorted(changed))

    async def send_heartbeats(self):
        """Each second send a heartbeat to a thirtieth of the subscribers, and disconnect clients
        that never finished a request.
        """
        for tick in count():
            await asyncio.sleep(1)
            close_idle(self)
            hall_readers.set(self.open)
            for hall in list(self.halls.values()):
                due = [
                    subscriber
                    for subscriber in hall.subscribers
                    if id(subscriber) // 64 % HEARTBEAT_SECONDS == tick % HEARTBEAT_SECONDS
                ]
                for subscriber in due:
                    subscriber.transport.write(HEARTBEAT)

    async def close(self):
        """End the connections in slices, so that the devices do not all reconnect at once."""
        for hall in self.halls.values():
            for place, subscriber in enumerate(list(hall.subscribers)):
                subscriber.transport.close()
                if place % SLICE == SLICE - 1:
                    await asyncio.sleep(HANDOVER_SECONDS)
        await asyncio.sleep(0.1)
        with suppress(*DISCONNECTED):
            await self._write_notes(self.opened, self.closed, self.changed_halls)


async def serve(host, port, origins, stopping):
    """Run a hub at host:port until the event `stopping` is set."""
    lower_priority()
    hub = Hub(origins)
    server = await start_server(lambda: Subscriber(hub), listening_socket(host, port))
    tasks = [
        asyncio.ensure_future(task)
        for task in (
            hub.bus.listen(hub.receive_frame, hub.resynchronize, hub.control),
            hub.write_notes(),
            hub.send_heartbeats(),
        )
    ]
    await stopping.wait()
    server.close()
    for task in tasks:
        task.cancel()
    await hub.close()
