"""The worker on the queue of jobs beside the web server: started, watched over, ended cleanly.

A clock that was just set by minutes or more is not trusted for a quarter of an hour: what it makes
overdue would stand in the journal for ever. The worker then begins nothing that is due by the
clock, until it is started again with the right time.
"""

import os
import subprocess
import sys
import time
from contextlib import suppress

from danchu.config.banner import say
from danchu.config.children import tied
from danchu.config.web import WebFailed

JUMP = 120
SETTLED = 900
STOP_SECONDS = 12
QUICK_DEATH_SECONDS = 5
LONGEST_PAUSE = 30
COMMAND = [sys.executable, "-m", "danchu.config", "jobs", "work"]


def jobs_asked():
    """DANCHU_JOBS: how many jobs this machine does at a time, 2 by default, 0 for none."""
    text = os.environ.get("DANCHU_JOBS") or "2"
    if not text.isdecimal() or int(text) > 32:
        raise WebFailed(f"DANCHU_JOBS phải là số từ 0 đến 32, không phải “{text}”. (must be 0–32)")
    return int(text)


class Worker:
    """One worker; `tend` is called every second or so. Time is told by the steady clock."""

    def __init__(self, start=None, wall=time.time, steady=time.monotonic):
        self.at_once = jobs_asked()
        self._start = start or _started
        self._wall = wall
        self._steady = steady
        self._apart = wall() - steady()
        self._process = None
        self._since = self._due = steady()
        self._pause = 0.5
        self._trusted_from = 0.0
        self._with_rounds = True

    def tend(self):
        """Start the worker when it is time, and again when it ended; heed a clock that was set."""
        if not self.at_once:
            return
        now = self._steady()
        self._look_at_clock(now)
        if self._process is None:
            if now >= self._due:
                self._with_rounds = now >= self._trusted_from
                self._since = now
                self._process = self._start(self.at_once, self._with_rounds)
        elif self._process.poll() is not None:
            quick = now - self._since < QUICK_DEATH_SECONDS
            self._pause = min(LONGEST_PAUSE, self._pause * 2) if quick else 0.5
            say("Việc chạy nền: tiến trình đã dừng, đang khởi động lại… (worker ended, again)")
            self._process = None
            self._due = now + self._pause

    def _look_at_clock(self, now):
        apart = self._wall() - now
        if abs(apart - self._apart) > JUMP:
            say("Đồng hồ vừa được chỉnh: chờ 15 phút rồi mới rà hạn. (clock was set, waiting)")
            self._trusted_from = now + SETTLED
            self.stop()
        elif not self._with_rounds and now >= self._trusted_from:
            self.stop()
        self._apart = apart

    def stop(self):
        """Let jobs in hand come to a place where they can be cut, then end the worker; what was
        cut is done again by the next one.
        """
        process = self._process
        self._process = None
        self._due = self._steady()
        self._with_rounds = True
        if process is None or process.poll() is not None:
            return
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        if process.poll() is None:
            process.kill()
            process.wait()


def _started(at_once, with_rounds):
    rounds = [] if with_rounds else ["--without-rounds"]
    return subprocess.Popen(
        [*COMMAND, "--at-once", str(at_once), *rounds],
        stdin=subprocess.DEVNULL,
        preexec_fn=tied(alone=True),
    )
