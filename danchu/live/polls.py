"""The polls as the intake caches them, and how it writes groups of votes."""

import asyncio
import time

from danchu.conference.writes import batches
from danchu.live.database import Database

POLL_SECONDS = 1  # how long the cache is used of a poll that takes no votes


class Polls:
    """A cache of polls by id; what is cached of an open one does not change while it is open."""

    def __init__(self):
        self._cached = {}
        self._read_at = {}
        self._lock = asyncio.Lock()
        self._database = Database()
        self._now = time.monotonic

    async def get(self, pk):
        """The batches.PollFacts of a poll, or None; a poll not open is read again each second."""
        if not self._is_fresh(pk):
            async with self._lock:  # one reads, the others find it in the cache
                if not self._is_fresh(pk):
                    await self._read(pk)
        return self._cached.get(pk)

    def _is_fresh(self, pk):
        poll = self._cached.get(pk)
        return (
            poll is not None
            and poll.state == "open"
            or self._now() - self._read_at.get(pk, -POLL_SECONDS) < POLL_SECONDS
        )

    async def _read(self, pk):
        if len(self._read_at) > 10_000:  # somebody tries numbers of polls
            self._read_at.clear()
        rows = await self._database.fetch(batches.SELECT_POLL, pk)
        self._read_at[pk] = self._now()
        for row in rows:
            self._cached[pk] = batches.PollFacts(*row)

    async def write(self, connection, votes):
        """Write a group of (poll id, voter id, choice). Returns [batches.VoteAnswer] in order."""
        first = {}
        # Within a group the first vote of a voter counts, as it would alone.
        for poll, voter, choice in votes:
            first.setdefault((poll, voter), (poll, voter, choice))
        results = batches.answers_of_written(
            await connection.fetch(
                batches.INSERT_VOTES, *batches.vote_arrays(first.values(), self._cached)
            ),
            self._cached,
        )
        missing = [key for key in first if key not in results]
        if missing:
            rows = await connection.fetch(
                batches.SELECT_VOTES, *map(list, zip(*missing, strict=True))
            )
            results |= batches.answers_of_unwritten(rows, self._cached)
            for poll, _voter in missing:
                # Only its state: the next group still needs the other fields.
                if results[poll, _voter].status == "closed":
                    self._cached[poll] = self._cached[poll]._replace(state="closed")
                    self._read_at.pop(poll, None)
        answers = []
        seen = set()
        for poll, voter, _choice in votes:
            answer = results[poll, voter]
            answers.append(
                answer._replace(status="kept")
                if (poll, voter) in seen and answer.status in ("new", "changed")
                else answer
            )
            seen.add((poll, voter))
        return answers
