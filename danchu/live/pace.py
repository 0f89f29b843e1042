"""How fast one delegate may act: so many tokens, one more each so many seconds."""

import time


class Pace:
    """`most` acts at once and one more every `seconds`, for each key."""

    def __init__(self, most, seconds):
        self.most = most
        self.seconds = seconds
        self._held = {}

    def allows(self, key):
        """Whether the key may act now; takes a token when it may."""
        now = time.monotonic()
        tokens, since = self._held.get(key, (self.most, now))
        tokens = min(self.most, tokens + (now - since) / self.seconds)
        if tokens < 1:
            self._held[key] = (tokens, now)
            return False
        self._held[key] = (tokens - 1, now)
        return True

    def forget(self):
        """Drop the keys that have all their tokens again."""
        now = time.monotonic()
        self._held = {
            key: (tokens, since)
            for key, (tokens, since) in self._held.items()
            if tokens + (now - since) / self.seconds < self.most
        }
