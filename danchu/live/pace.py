"""Rate limits of the intake: one token bucket for each delegate."""

import time


class Pace:
    """Token buckets: `most` acts at once and one more every `seconds`, for each key."""

    def __init__(self, most, seconds):
        self.most = most
        self.seconds = seconds
        self._buckets = {}

    def allows(self, key):
        """Whether the key may act now; if so, one token is taken."""
        now = time.monotonic()
        tokens, since = self._buckets.get(key, (self.most, now))
        tokens = min(self.most, tokens + (now - since) / self.seconds)
        if tokens < 1:
            self._buckets[key] = (tokens, now)
            return False
        self._buckets[key] = (tokens - 1, now)
        return True

    def drop_full(self):
        """Drop the keys whose bucket is full again: they are like new ones."""
        now = time.monotonic()
        self._buckets = {
            key: (tokens, since)
            for key, (tokens, since) in self._buckets.items()
            if tokens + (now - since) / self.seconds < self.most
        }
