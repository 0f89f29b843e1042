"""Group commit: entries that arrive while one statement runs are written together by the next one.
Each is answered after the commit.
"""

import asyncio
import logging
import time

import asyncpg

from danchu.live.database import DISCONNECTED, Database

log = logging.getLogger("danchu")
MOST_WAITING = 20_000
MOST_AT_ONCE = 4_000
PATIENCE_SECONDS = 20  # an entry that waits longer for the database is refused


class Unavailable(Exception):
    """Not written: the database is away or the queue is full. The device may send again."""


class Unwritable(Exception):
    """The database refuses this entry, also when it is written alone."""


class Writer:
    """Writes entries of one kind in groups. `write(connection, entries)` commits them in one
    statement and returns one result an entry.
    """

    def __init__(self, write):
        self._write = write
        self._database = Database()
        self._waiting = []
        self._wakeup = asyncio.Event()

    def put(self, entry):
        """Queue an entry: a future of its result. Raises Unavailable if the queue is full."""
        if len(self._waiting) >= MOST_WAITING:
            raise Unavailable
        result = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, result, time.monotonic()))
        self._wakeup.set()
        return result

    async def run(self):
        """Write what is queued, for ever."""
        while True:
            await self._wakeup.wait()
            group = self._waiting[:MOST_AT_ONCE]
            self._waiting = self._waiting[MOST_AT_ONCE:]
            if not self._waiting:
                self._wakeup.clear()
            await self._settle(group)

    async def _settle(self, group):
        while group:
            try:
                results = await self._write(
                    await self._database.get(), [entry for entry, _future, _since in group]
                )
            except DISCONNECTED:
                # It is not known whether the group was committed. It is written again: the
                # statements are idempotent by their unique keys.
                await self._database.drop()
                group = self._not_expired(group)
                await asyncio.sleep(0.2)
            except Exception as error:  # noqa: BLE001 - one bad entry must not end the writer
                return await self._split(group, error)
            else:
                for (_entry, future, _since), result in zip(group, results, strict=True):
                    if not future.done():
                        future.set_result(result)
                return None
        return None

    def _not_expired(self, group):
        """The entries that may wait longer; the others are answered with Unavailable."""
        limit = time.monotonic() - PATIENCE_SECONDS
        for _entry, future, since in group:
            if since < limit and not future.done():
                future.set_exception(Unavailable())
        return [row for row in group if not row[1].done()]

    async def _split(self, group, error):
        """A statement failed because of some entry: write the halves of the group apart, down to
        that entry, which is answered with Unwritable.
        """
        if len(group) == 1:
            if not isinstance(error, asyncpg.PostgresError | ValueError | OverflowError):
                log.error("Writer: %s", type(error).__name__, exc_info=error)
            if not group[0][1].done():
                group[0][1].set_exception(Unwritable(type(error).__name__))
            return
        middle = len(group) // 2
        await self._settle(group[:middle])
        await self._settle(group[middle:])
