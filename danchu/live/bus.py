"""What carries frames from the sequencer to the hubs: PostgreSQL's NOTIFY, whose frames are also
rows of a table.

NOTIFY forgets who does not listen: whoever (re)connects reads the table from his last number. Past
one database, NATS (nats_bus.py).
"""

import asyncio

from django.conf import settings

from danchu.conference.channels import CONTROL, FRAME
from danchu.live.database import until_up


class PostgresBus:
    """LISTEN on the database everything is in: no other service."""

    async def listen(self, hear, hear_anew, control):
        """Call `hear(conference, v, body or None)` for each frame in the order it comes,
        `control(text)` for words to the hubs, and `hear_anew()` whenever something may have been
        missed. Never ends by itself.
        """

        async def listening(connection):
            lost = asyncio.Event()
            arrived = asyncio.Queue()
            connection.add_termination_listener(lambda _c: (lost.set(), arrived.put_nowait(None)))
            await connection.add_listener(
                FRAME, lambda _c, _pid, _channel, note: arrived.put_nowait(note)
            )
            await connection.add_listener(CONTROL, lambda _c, _pid, _channel, note: control(note))
            await hear_anew()
            while not lost.is_set():
                note = await arrived.get()
                if note is not None:
                    await hear(*read_note(note))

        await until_up(listening)


def read_note(note):
    """(conference, v, body or None) of a note on the channel of frames."""
    conference, _blank, rest = note.partition(" ")
    if rest.startswith("{"):
        return int(conference), int(rest[5 : rest.index(",")]), rest
    return int(conference), int(rest), None


class NoRelay:
    """With PostgreSQL as the bus the frame's own transaction has told the hubs."""

    def frame(self, conference, v, body):
        """Nothing is left to do."""


def bus():
    """The bus the settings ask for, as a hub listens to it."""
    if settings.LIVE_BUS:
        from danchu.live.nats_bus import NatsBus  # noqa: PLC0415  late: seldom

        return NatsBus()
    return PostgresBus()


def relay():
    """The bus the settings ask for, as the sequencer speaks to it."""
    if settings.LIVE_BUS:
        from danchu.live.nats_bus import NatsRelay  # noqa: PLC0415  late: seldom

        return NatsRelay()
    return NoRelay()
