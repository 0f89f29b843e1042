"""The hourly round of due days inside `danchu serve`: counted again, told, reminded, in a process
of its own.

The round itself does everything at most once, so several servers may run it, and none has to.
"""

import subprocess
import sys
import time
from contextlib import suppress

from danchu.config.banner import say
from danchu.config.children import tied

FIRST, EVERY, AGAIN = 60, 3600, 300
JUMP, SETTLED = 120, 900
STOP_SECONDS = 10
COMMAND = [sys.executable, "-m", "danchu.config", "obligations", "round"]


class Rounds:
    """Starts a round when it is time; `look` is called every second or so. Time is told by the
    steady clock.

    A clock that was just set by minutes or more is not trusted for a quarter of an hour: what it
    makes overdue would stand in the journal for ever.
    """

    def __init__(self, start=None, wall=time.time, steady=time.monotonic):
        self.start, self.wall, self.steady = start or _start, wall, steady
        self.next, self.apart, self.child = steady() + FIRST, wall() - steady(), None

    def look(self):
        """Begin a round if it is time for one and none runs; note how the last one ended."""
        now, apart = self.steady(), self.wall() - self.steady()
        if abs(apart - self.apart) > JUMP:
            say("Đồng hồ vừa được chỉnh: chờ 15 phút rồi mới rà hạn. (clock was set, waiting)")
            self.next = max(self.next, now + SETTLED)
        self.apart = apart
        if self.child is not None:
            if self.child.poll() is None:
                return
            if self.child.returncode:
                say("✗ Rà hạn chưa xong, sẽ thử lại. (round of due days failed, trying again)")
                self.next = min(self.next, now + AGAIN)
            self.child = None
        if now >= self.next:
            self.child, self.next = self.start(), now + EVERY

    def stop(self):
        """End a round that runs: each of its steps is one transaction."""
        if self.child is None or self.child.poll() is not None:
            return
        self.child.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.child.wait(STOP_SECONDS)
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()


def _start():
    return subprocess.Popen(
        COMMAND, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=tied(alone=True)
    )
