"""The bus: carries frames from the sequencer to the hubs, by PostgreSQL's NOTIFY.

NOTIFY does not reach a hub that is disconnected. Every frame is also a row of a table, so a hub
that reconnects reads the table from its last number on. For more hubs than one database can notify
there is NATS (nats_bus.py).
"""

from django.conf import settings

from danchu.conference.channels import CONTROL, FRAME
from danchu.live.database import notifications, with_reconnects


class PostgresBus:
    """Listens on the database: no other service is needed."""

    async def listen(self, receive_frame, resynchronize, control):
        """Call `receive_frame(conference id, v, body or None)` for each frame in order,
        `control(text)` for messages to the hubs, and `resynchronize()` whenever something may have
        been missed. Never returns.
        """

        async def receive(connection):
            notes = await notifications(connection, FRAME)
            await connection.add_listener(CONTROL, lambda _c, _pid, _channel, note: control(note))
            await resynchronize()
            async for note in notes:
                await receive_frame(*read_note(note))

        await with_reconnects(receive)


def read_note(note):
    """(conference id, v, body or None if it was too long) of a notification of a frame."""
    conference, _blank, rest = note.partition(" ")
    if rest.startswith("{"):
        return int(conference), int(rest[5 : rest.index(",")]), rest
    return int(conference), int(rest), None


class NoRelay:
    """With PostgreSQL as the bus: the transaction that wrote the frame has notified the hubs."""

    def frame(self, conference, v, body):
        """Does nothing."""


def bus():
    """The configured bus, for a hub to listen to."""
    if settings.LIVE_BUS:
        from danchu.live.nats_bus import NatsBus  # noqa: PLC0415  late: seldom

        return NatsBus()
    return PostgresBus()


def relay():
    """The configured bus, for the sequencer to publish on."""
    if settings.LIVE_BUS:
        from danchu.live.nats_bus import NatsRelay  # noqa: PLC0415  late: seldom

        return NatsRelay()
    return NoRelay()
