"""The worker on the queue of jobs beside the web server: started, restarted, stopped cleanly.

A wall clock that has just been set by minutes or more is not trusted for a quarter of an hour: what
a wrong clock makes overdue would stay in the journal for ever. For that time the worker is started
without periodic jobs.
"""

import os
import subprocess
import sys
import time
from contextlib import suppress

from danchu.config.banner import say
from danchu.config.children import end_with_parent
from danchu.config.web import WebFailed

JUMP_SECONDS = 120
DISTRUST_SECONDS = 900
STOP_SECONDS = 12
QUICK_DEATH_SECONDS = 5
LONGEST_PAUSE = 30
COMMAND = [sys.executable, "-m", "danchu.config", "jobs", "work"]


def worker_concurrency():
    """DANCHU_JOBS: how many jobs this machine runs at a time, 2 by default, 0 for none. WebFailed
    unless it is 0 to 32.
    """
    text = os.environ.get("DANCHU_JOBS") or "2"
    if not text.isdecimal() or int(text) > 32:
        raise WebFailed(f"DANCHU_JOBS phải là số từ 0 đến 32, không phải “{text}”. (must be 0–32)")
    return int(text)


class Worker:
    """One worker process; `tend` is called every second. Times are those of the monotonic clock."""

    def __init__(self, start=None, wall=time.time, steady=time.monotonic):
        self.at_once = worker_concurrency()
        self._start = start or _start_worker
        self._wall = wall
        self._steady = steady
        self._clock_offset = wall() - steady()
        self._process = None
        self._since = self._due = steady()
        self._pause = 0.5
        self._trusted_from = 0.0
        self._with_rounds = True

    def tend(self):
        """Start the worker when it is due, and again when it has ended; stop it when the wall clock
        was set.
        """
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
        clock_offset = self._wall() - now
        if abs(clock_offset - self._clock_offset) > JUMP_SECONDS:
            say("Đồng hồ vừa được chỉnh: chờ 15 phút rồi mới rà hạn. (clock was set, waiting)")
            self._trusted_from = now + DISTRUST_SECONDS
            self.stop()
        elif not self._with_rounds and now >= self._trusted_from:
            self.stop()
        self._clock_offset = clock_offset

    def stop(self):
        """Stop the worker gracefully; jobs it has to abandon are retried by the next one."""
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


def _start_worker(at_once, with_rounds):
    rounds = [] if with_rounds else ["--without-rounds"]
    return subprocess.Popen(
        [*COMMAND, "--at-once", str(at_once), *rounds],
        stdin=subprocess.DEVNULL,
        preexec_fn=end_with_parent(alone=True),
    )
