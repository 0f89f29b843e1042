"""The bus for more hubs than one database should notify: NATS JetStream, configured by
DANCHU_BUS=nats://….

The table of frames is authoritative: the sequencer publishes what it has committed, and a hub that
sees a gap reads the table. JetStream keeps the frames of a day, so that a hub that was disconnected
from NATS gets them again without asking the database.
"""

import asyncio
import logging
import threading
from contextlib import suppress

import nats
from django.conf import settings
from nats.errors import Error as NatsError
from nats.js.api import ConsumerConfig, DeliverPolicy, StreamConfig
from nats.js.errors import BadRequestError

from danchu.conference.channels import CONTROL
from danchu.live.database import DISCONNECTED, notifications, with_reconnects

log = logging.getLogger("danchu")
STREAM = "DANCHU_HALL"
FRAMES = "hall.frame"
CONTROLS = "hall.control"
MISSED = "missed"  # the relay did not listen for a while: messages to the hubs may be lost
DAY = 24 * 3600
LONGEST_MESSAGE = 900_000
PUBLISH_SECONDS = 5


async def _connect(**more):
    """(connection, JetStream) with our stream created."""
    client = await nats.connect(
        settings.LIVE_BUS,
        max_reconnect_attempts=-1,
        reconnect_time_wait=0.5,
        connect_timeout=5,
        **more,
    )
    stream = client.jetstream()
    with suppress(BadRequestError):  # created by another version of this program
        await stream.add_stream(
            StreamConfig(
                name=STREAM,
                subjects=[f"{FRAMES}.*", CONTROLS],
                max_msgs_per_subject=2_000,
                max_age=DAY,
            )
        )
    return client, stream


async def _quietly(error):
    log.warning("NATS: %s", type(error).__name__)


class NatsBus:
    """Listens for frames and messages to the hubs on JetStream."""

    async def listen(self, receive_frame, resynchronize, control):
        """Like PostgresBus.listen."""
        while True:
            try:
                await self._listen(receive_frame, resynchronize, control)
            except (NatsError, OSError, *DISCONNECTED) as error:
                await _quietly(error)
            await asyncio.sleep(0.5)

    async def _listen(self, receive_frame, resynchronize, control):
        messages = asyncio.Queue()  # None: reconnected

        async def on_reconnect():
            messages.put_nowait(None)

        async def on_message(message):
            messages.put_nowait(message)

        client, stream = await _connect(error_cb=_quietly, reconnected_cb=on_reconnect)
        try:
            new = ConsumerConfig(deliver_policy=DeliverPolicy.NEW)
            await stream.subscribe(f"{FRAMES}.*", ordered_consumer=True, cb=on_message, config=new)
            await stream.subscribe(
                CONTROLS,
                ordered_consumer=True,
                cb=on_message,
                config=ConsumerConfig(deliver_policy=DeliverPolicy.NEW),
            )
            await resynchronize()
            while True:
                message = await messages.get()
                if message is None:
                    await resynchronize()
                elif message.subject != CONTROLS:
                    await receive_frame(*read_frame(message))
                elif (text := message.data.decode()) == MISSED:
                    await resynchronize()
                else:
                    control(text)
        finally:
            with suppress(NatsError, OSError):
                await client.close()


def read_frame(message):
    """(conference id, v, body or None if it was too long) of a message."""
    v, _blank, body = message.data.decode().partition(" ")
    return int(message.subject.rpartition(".")[2]), int(v), body or None


class NatsRelay:
    """The sequencer's side: publishes committed frames, on an event loop in a thread of its own,
    and forwards the messages to the hubs.
    """

    def __init__(self):
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._stream = None
        # Referenced, because an event loop alone does not keep its tasks from being collected.
        self._forwarding = asyncio.run_coroutine_threadsafe(self._forward_controls(), self._loop)

    def frame(self, conference, v, body):
        """Publish one frame. While NATS is away it is only in the table; the hubs notice the gap at
        the next frame.
        """
        text = f"{v} {body}" if len(body.encode()) <= LONGEST_MESSAGE else f"{v} "
        self._wait_for(self._publish(f"{FRAMES}.{conference}", text))

    def _wait_for(self, task):
        try:
            asyncio.run_coroutine_threadsafe(task, self._loop).result(PUBLISH_SECONDS)
        except (NatsError, OSError, TimeoutError) as error:
            log.warning("NATS: %s", type(error).__name__)

    async def _publish(self, subject, text):
        if self._stream is None:
            _client, self._stream = await _connect(error_cb=_quietly)
        await self._stream.publish(subject, text.encode(), timeout=PUBLISH_SECONDS - 1)

    async def _forward_controls(self):
        """Acts notify the hubs through the database: forward these messages to NATS, and after a
        time without the database that some may have been missed.
        """

        async def receive(connection):
            notes = await notifications(connection, CONTROL)
            await self._publish_control(MISSED)
            async for note in notes:
                await self._publish_control(note)

        await with_reconnects(receive)

    async def _publish_control(self, text):
        """Publish a message to the hubs, however long NATS is away: it is said only once."""
        while True:
            try:
                return await self._publish(CONTROLS, text)
            except (NatsError, OSError, TimeoutError) as error:
                await _quietly(error)
                await asyncio.sleep(0.5)
