"""Group commit: every entry that waits while one statement runs goes into the next. The answer
comes after the commit.
"""

import asyncio
import logging
import time

import asyncpg

from danchu.live.database import GONE, Database

log = logging.getLogger("danchu")
MOST_WAITING = 20_000
MOST_AT_ONCE = 4_000
PATIENCE_SECONDS = 20  # how long an entry waits for a database that is away, before it is refused


class Unavailable(Exception):
    """Not written: the database is away or too much waits. Nothing was acknowledged."""


class Unwritable(Exception):
    """The database refuses this entry, whatever its company."""


class Writer:
    """Writes entries of one kind in groups: `write(connection, entries)` returns one answer an
    entry, after its commit.
    """

    def __init__(self, write):
        self._write = write
        self._database = Database()
        self._waiting = []
        self._called = asyncio.Event()

    def put(self, entry):
        """A future of the answer; Unavailable at once when too much waits already."""
        if len(self._waiting) >= MOST_WAITING:
            raise Unavailable
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, answer, time.monotonic()))
        self._called.set()
        return answer

    async def run(self):
        """Write for ever."""
        while True:
            await self._called.wait()
            group = self._waiting[:MOST_AT_ONCE]
            self._waiting = self._waiting[MOST_AT_ONCE:]
            if not self._waiting:
                self._called.clear()
            await self._settle(group)

    async def _settle(self, group):
        while group:
            try:
                answers = await self._write(
                    await self._database.get(), [entry for entry, _answer, _since in group]
                )
            except GONE:
                # Whether the group was written is not known: it is written again, and doubles meet
                # their unique key.
                await self._database.drop()
                group = self._patient(group)
                await asyncio.sleep(0.2)
            except Exception as error:  # noqa: BLE001 - one bad entry must neither end the writer nor its company
                return await self._apart(group, error)
            else:
                for (_entry, answer, _since), told in zip(group, answers, strict=True):
                    if not answer.done():
                        answer.set_result(told)
                return None
        return None

    def _patient(self, group):
        """Who still waits; the others are told that nothing was written."""
        limit = time.monotonic() - PATIENCE_SECONDS
        for _entry, answer, since in group:
            if since < limit and not answer.done():
                answer.set_exception(Unavailable())
        return [one for one in group if not one[1].done()]

    async def _apart(self, group, error):
        """One entry spoils its group: halve it until that one stands alone."""
        if len(group) == 1:
            if not isinstance(error, asyncpg.PostgresError | ValueError | OverflowError):
                log.error("Writer: %s", type(error).__name__, exc_info=error)
            if not group[0][1].done():
                group[0][1].set_exception(Unwritable(type(error).__name__))
            return
        middle = len(group) // 2
        await self._settle(group[:middle])
        await self._settle(group[middle:])
