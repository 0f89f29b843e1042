"""The database connections of the live processes: asyncpg with the settings of Django."""

import asyncio

import asyncpg
from django.conf import settings

# Errors that mean the connection or the server was lost: what was being done is tried again.
DISCONNECTED = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InternalClientError,  # a statement was sent while the connection was being closed
)
_OPTIONS = {"sslmode": "ssl"}  # {name in Django's settings: name in asyncpg}


async def connect():
    """A new connection in autocommit mode; raises one of DISCONNECTED."""
    place = settings.DATABASES["default"]
    options = {
        _OPTIONS[name]: value for name, value in place["OPTIONS"].items() if name in _OPTIONS
    }
    return await asyncpg.connect(
        host=place["HOST"] or None,
        port=int(place["PORT"] or 5432),
        user=place["USER"] or None,
        password=place["PASSWORD"] or None,
        database=place["NAME"],
        timeout=5,
        command_timeout=20,
        server_settings={"application_name": "danchu-live"},
        **options,
    )


class Database:
    """One connection that is opened again after it was lost."""

    def __init__(self):
        self._connection = None
        self._lock = asyncio.Lock()

    async def fetch(self, statement, *values):
        """The rows of a query. Concurrent calls are run one after the other."""
        async with self._lock:
            try:
                return await (await self.get()).fetch(statement, *values)
            except DISCONNECTED:
                await self.drop()
                raise

    async def get(self):
        """The open connection; raises one of DISCONNECTED while the database is away."""
        if self._connection is None or self._connection.is_closed():
            self._connection = await connect()
        return self._connection

    async def drop(self):
        """Close a connection that may be broken; the next call opens another."""
        connection = self._connection
        self._connection = None
        if connection is not None:
            connection.terminate()


async def notifications(connection, channel):
    """Listen to the channel from now on: an asynchronous iterator of its notifications, which ends
    when the connection is lost.
    """
    notes = asyncio.Queue()
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _c: (lost.set(), notes.put_nowait(None)))
    await connection.add_listener(channel, lambda _c, _pid, _channel, note: notes.put_nowait(note))

    async def each_note():
        while not lost.is_set():
            note = await notes.get()
            if note is not None:
                yield note

    return each_note()


async def with_reconnects(task, pause=0.5):
    """Run `task(connection)` for ever, each time it ends or loses the database with a new
    connection after `pause` seconds.
    """
    while True:
        connection = None
        try:
            connection = await connect()
            await task(connection)
        except DISCONNECTED:
            pass
        finally:
            if connection is not None:
                connection.terminate()
        await asyncio.sleep(pause)
