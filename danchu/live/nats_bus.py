"""The bus for more machines than one database should have listeners: NATS JetStream, asked for by
DANCHU_BUS=nats://….

The table stays the truth: the sequencer publishes what it has committed, and a hub that sees a gap
reads the table. JetStream keeps the frames of a day so that a hub whose line to NATS was cut gets
them again before it has to ask the database.
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
from danchu.live.database import GONE, until_up

log = logging.getLogger("danchu")
STREAM = "DANCHU_HALL"
FRAMES = "hall.frame"
CONTROLS = "hall.control"
DAY = 24 * 3600
LONGEST_MESSAGE = 900_000
PUBLISH_SECONDS = 5


async def _connected(**more):
    """(connection, JetStream) with our stream in being."""
    client = await nats.connect(
        settings.LIVE_BUS,
        max_reconnect_attempts=-1,
        reconnect_time_wait=0.5,
        connect_timeout=5,
        **more,
    )
    stream = client.jetstream()
    with suppress(BadRequestError):  # it is there, made by another version of us: left as it is
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
    """Frames and words to the hubs by JetStream."""

    async def listen(self, hear, hear_anew, control):
        """As PostgresBus.listen."""
        while True:
            try:
                await self._listen(hear, hear_anew, control)
            except (NatsError, OSError, *GONE) as error:
                await _quietly(error)
            await asyncio.sleep(0.5)

    async def _listen(self, hear, hear_anew, control):
        arrived = asyncio.Queue()

        async def back():
            arrived.put_nowait(None)

        async def take(message):
            arrived.put_nowait(message)

        client, stream = await _connected(error_cb=_quietly, reconnected_cb=back)
        try:
            new = ConsumerConfig(deliver_policy=DeliverPolicy.NEW)
            await stream.subscribe(f"{FRAMES}.*", ordered_consumer=True, cb=take, config=new)
            await stream.subscribe(
                CONTROLS,
                ordered_consumer=True,
                cb=take,
                config=ConsumerConfig(deliver_policy=DeliverPolicy.NEW),
            )
            await hear_anew()
            while True:
                message = await arrived.get()
                if message is None:
                    await hear_anew()
                elif message.subject == CONTROLS:
                    control(message.data.decode())
                else:
                    await hear(*read_frame(message))
        finally:
            with suppress(NatsError, OSError):
                await client.close()


def read_frame(message):
    """(conference, v, body or None) of a message."""
    told = message.data.decode()
    v, _blank, body = told.partition(" ")
    return int(message.subject.rpartition(".")[2]), int(v), body or None


class NatsRelay:
    """The sequencer's end: publishes what was committed, from a thread with a loop of its own;
    passes on the words to the hubs.
    """

    def __init__(self):
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._stream = None
        self._passing = asyncio.run_coroutine_threadsafe(
            self._controls(), self._loop
        )  # held: a loop alone lets its tasks be collected

    def frame(self, conference, v, body):
        """Publish one frame. When NATS is away the frame stays in the table, and the next one
        shows the hubs the gap.
        """
        told = f"{v} {body}" if len(body.encode()) <= LONGEST_MESSAGE else f"{v} "
        self._do(self._publish(f"{FRAMES}.{conference}", told))

    def _do(self, task):
        try:
            asyncio.run_coroutine_threadsafe(task, self._loop).result(PUBLISH_SECONDS)
        except (NatsError, OSError, TimeoutError) as error:
            log.warning("NATS: %s", type(error).__name__)

    async def _publish(self, subject, told):
        if self._stream is None:
            _client, self._stream = await _connected(error_cb=_quietly)
        await self._stream.publish(subject, told.encode(), timeout=PUBLISH_SECONDS - 1)

    async def _controls(self):
        """Acts speak to the hubs through the database: what they say is passed on."""

        async def listening(connection):
            lost = asyncio.Event()
            said = asyncio.Queue()
            connection.add_termination_listener(lambda _c: (lost.set(), said.put_nowait(None)))
            await connection.add_listener(
                CONTROL, lambda _c, _pid, _channel, note: said.put_nowait(note)
            )
            while not lost.is_set():
                note = await said.get()
                if note is not None:
                    with suppress(NatsError, OSError):
                        await self._publish(CONTROLS, note)

        await until_up(listening)
