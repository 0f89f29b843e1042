"""One conference in the memory of a hub: its state, its latest frames, the lines that listen.

A broadcast is a walk over sockets, in slices between which the loop accepts other connections. A
new line gets the whole state, a returning one exactly the frames it missed.
"""

import asyncio
import json
from collections import deque

RING = 600  # frames kept for lines that come back
# Between slices the loop serves others; a turn of the loop costs as much as some twenty lines.
SLICE = 500
TOGETHER = 16 * 1024  # bytes of the frames told in one breath when telling is slower than they come


class Hall:
    """One conference as this hub knows it: `last` the number of the frame that went out last."""

    def __init__(self, pk):
        self.pk = pk
        self.last = 0
        self.queued = 0
        self.state = {}
        self.ring = deque(maxlen=RING)
        self.lines = set()
        self.coming = deque()
        self.is_loaded = False
        self.joining = []
        self.pumping = None
        self._snapshot = (None, b"")

    def backlog(self, seen):
        """What a line that has `seen` frame number so-and-so must get first: the missing
        frames, or the whole state.
        """
        if (
            seen is not None
            and seen <= self.last
            and (seen == self.last or self.ring and seen >= self.ring[0][0] - 1)
        ):
            missing = self.last - seen
            return b"".join(frame for _v, frame in list(self.ring)[-missing:]) if missing else b""
        if self._snapshot[0] != self.last:
            told = json.dumps(
                {"v": self.last, "state": self.state}, ensure_ascii=False, separators=(",", ":")
            )
            self._snapshot = (
                self.last,
                f"id: {self.last}\nevent: snapshot\ndata: {told}\n\n".encode(),
            )
        return self._snapshot[1]

    def queue(self, v, body):
        """Take the next frame; its number is fixed here, when it is queued. Whether it was the
        next.
        """
        if v != self.queued + 1:
            return False
        self.queued = v
        self.coming.append((v, body, f"id: {v}\ndata: {body}\n\n".encode()))
        if self.pumping is None or self.pumping.done():
            self.pumping = asyncio.ensure_future(self._pump())
        return True

    async def _pump(self):
        while self.coming:
            frames = self._take()
            listening = list(self.lines)
            for start in range(0, len(listening), SLICE):
                for line in listening[start : start + SLICE]:
                    line.push(frames)
                await asyncio.sleep(0)

    def _take(self):
        """The bytes of the next frame, and of those that came while the one before was told: a
        line is written to once for all of them.
        """
        found = []
        size = 0
        while self.coming and (not found or size + len(self.coming[0][2]) <= TOGETHER):
            v, body, frame = self.coming.popleft()
            # Who joins from here on has this frame from the ring or the snapshot, and is not among
            # those it is told to.
            self.last = v
            self.ring.append((v, frame))
            for key, value in json.loads(body)["changes"].items():
                if value is None:
                    self.state.pop(key, None)
                else:
                    self.state[key] = value
            found.append(frame)
            size += len(frame)
        return b"".join(found)
