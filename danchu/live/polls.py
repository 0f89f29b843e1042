"""What the intake knows of open polls, and how it writes their votes in groups."""

import asyncio
import time

from danchu.conference.writes import batches as written
from danchu.live.database import Database

POLL_SECONDS = 1  # how long a poll that takes no votes is believed to


class Polls:
    """The polls that were asked for, by id."""

    def __init__(self):
        self._known = {}
        self._looked = {}
        self._asking = asyncio.Lock()
        self._database = Database()
        self._now = time.monotonic

    async def get(self, pk):
        """The PollFacts of a poll, or None; one that takes no votes is read again each second."""
        if not self._is_known(pk):
            async with self._asking:  # who waited finds the answer there
                if not self._is_known(pk):
                    await self._look_up(pk)
        return self._known.get(pk)

    def _is_known(self, pk):
        known = self._known.get(pk)
        return (
            known is not None
            and known.state == "open"
            or self._now() - self._looked.get(pk, -POLL_SECONDS) < POLL_SECONDS
        )

    async def _look_up(self, pk):
        if len(self._looked) > 10_000:  # somebody guesses numbers
            self._looked.clear()
        rows = await self._database.fetch(written.SELECT_POLL, pk)
        self._looked[pk] = self._now()
        for row in rows:
            self._known[pk] = written.PollFacts(*row)

    async def write(self, connection, votes):
        """Write a group of (poll, voter, choice); the VoteAnswer of each, in order."""
        first = {}
        # Within a group the first vote of a voter counts, as it would alone.
        for poll, voter, choice in votes:
            first.setdefault((poll, voter), (poll, voter, choice))
        told = written.answers_of_written(
            await connection.fetch(
                written.INSERT_VOTES, *written.vote_arrays(first.values(), self._known)
            ),
            self._known,
        )
        missing = [key for key in first if key not in told]
        if missing:
            rows = await connection.fetch(
                written.SELECT_VOTES, *map(list, zip(*missing, strict=True))
            )
            told |= written.answers_of_unwritten(rows, self._known)
            for poll, _voter in missing:
                # The next group still needs to know the kind of the poll.
                if told[poll, _voter].status == "closed":
                    self._known[poll] = self._known[poll]._replace(state="closed")
                    self._looked.pop(poll, None)
        answers = []
        met = set()
        for poll, voter, _choice in votes:
            answer = told[poll, voter]
            answers.append(
                answer._replace(status="kept")
                if (poll, voter) in met and answer.status in ("new", "changed")
                else answer
            )
            met.add((poll, voter))
        return answers
