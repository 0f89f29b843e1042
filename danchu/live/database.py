"""The database of the live processes: asyncpg on the address the settings name."""

import asyncio

import asyncpg
from django.conf import settings

# What it means that the database went away, whoever notices: the batch is tried again.
GONE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InternalClientError,  # a statement met a connection whose end was just being told
)
_KNOWN = {"sslmode": "ssl"}


async def connect():
    """One connection, autocommit."""
    place = settings.DATABASES["default"]
    options = {_KNOWN[name]: value for name, value in place["OPTIONS"].items() if name in _KNOWN}
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
    """A connection that is made anew after it was lost."""

    def __init__(self):
        self._held = None
        self._one_at_a_time = asyncio.Lock()

    async def fetch(self, statement, *values):
        """The rows of a question; several may ask at once, and each waits for the one before."""
        async with self._one_at_a_time:
            try:
                return await (await self.get()).fetch(statement, *values)
            except GONE:
                await self.drop()
                raise

    async def get(self):
        """The connection; one of GONE while there is none to be had."""
        if self._held is None or self._held.is_closed():
            self._held = await connect()
        return self._held

    async def drop(self):
        """Let a doubtful connection go."""
        held = self._held
        self._held = None
        if held is not None:
            held.terminate()


async def until_up(task, pause=0.5):
    """Do `task` (an async function of a fresh connection, which may last) again and again
    whenever the database goes away.
    """
    while True:
        connection = None
        try:
            connection = await connect()
            await task(connection)
        except GONE:
            pass
        finally:
            if connection is not None:
                connection.terminate()
        await asyncio.sleep(pause)
