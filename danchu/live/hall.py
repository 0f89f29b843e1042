"""One conference in the memory of a hub: its state, its latest frames, its subscribers.

A broadcast writes to the subscribers in slices; between two slices the event loop accepts new
connections. A new subscriber gets the whole state, a returning one exactly the frames it missed.
"""

import asyncio
import json
from collections import deque

RING = 600  # frames kept for subscribers that come back
# Subscribers written to before the event loop may do other work; one turn of the loop costs as much
# as writing to some twenty of them.
SLICE = 500
COALESCED_BYTES = 16 * 1024  # frames that queue up are written together up to this size


class Hall:
    """One conference as this hub knows it. `last` is the number of the latest frame sent, `queued`
    that of the latest frame queued.
    """

    def __init__(self, pk):
        self.pk = pk
        self.last = 0
        self.queued = 0
        self.state = {}
        self.ring = deque(maxlen=RING)
        self.subscribers = set()
        self.queue = deque()
        self.is_loaded = False
        self.joining = []
        self.pumping = None
        self._snapshot = (None, b"")

    def backlog(self, seen):
        """The bytes a new subscriber gets first: the frames after number `seen`, or a snapshot of
        the state if the ring no longer holds them or `seen` is None.
        """
        if (
            seen is not None
            and seen <= self.last
            and (seen == self.last or self.ring and seen >= self.ring[0][0] - 1)
        ):
            missing = self.last - seen
            return b"".join(frame for _v, frame in list(self.ring)[-missing:]) if missing else b""
        if self._snapshot[0] != self.last:
            body = json.dumps(
                {"v": self.last, "state": self.state}, ensure_ascii=False, separators=(",", ":")
            )
            self._snapshot = (
                self.last,
                f"id: {self.last}\nevent: snapshot\ndata: {body}\n\n".encode(),
            )
        return self._snapshot[1]

    def enqueue(self, v, body):
        """Queue frame number `v` and start the broadcast. False, and nothing queued, if it is not
        the next one.
        """
        if v != self.queued + 1:
            return False
        self.queued = v
        self.queue.append((v, body, f"id: {v}\ndata: {body}\n\n".encode()))
        if self.pumping is None or self.pumping.done():
            self.pumping = asyncio.ensure_future(self._pump())
        return True

    async def _pump(self):
        while self.queue:
            frames = self._coalesce()
            subscribers = list(self.subscribers)
            for start in range(0, len(subscribers), SLICE):
                for subscriber in subscribers[start : start + SLICE]:
                    subscriber.push(frames)
                await asyncio.sleep(0)

    def _coalesce(self):
        """The bytes of the queued frames, up to COALESCED_BYTES, for one write to each subscriber.
        The frames are applied to the state and added to the ring.
        """
        frames = []
        size = 0
        while self.queue and (not frames or size + len(self.queue[0][2]) <= COALESCED_BYTES):
            v, body, frame = self.queue.popleft()
            # A subscriber that joins from here on gets this frame from the ring or the snapshot;
            # the list that is broadcast to was not made yet.
            self.last = v
            self.ring.append((v, frame))
            for key, value in json.loads(body)["changes"].items():
                if value is None:
                    self.state.pop(key, None)
                else:
                    self.state[key] = value
            frames.append(frame)
            size += len(frame)
        return b"".join(frames)
