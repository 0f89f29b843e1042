"""The processes of the live hall beside the web server: hubs, the intake, the sequencer; a dead
one is started again.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

from danchu.config.banner import say
from danchu.config.children import tied
from danchu.config.web import WebFailed, is_free

STOP_SECONDS = 12
QUICK_DEATH_SECONDS = 5
LONGEST_PAUSE = 30
KINDS = ("sequencer", "intake", "hub")


def kinds_asked():
    """Which of them run on this machine: DANCHU_LIVE, all by default, "none" for none."""
    told = os.environ.get("DANCHU_LIVE", "sequencer,intake,hub").replace(" ", ",")
    asked = [kind for kind in told.split(",") if kind and kind != "none"]
    if unknown := [kind for kind in asked if kind not in KINDS]:
        raise WebFailed(
            f"DANCHU_LIVE có phần không hiểu: “{unknown[0]}”. Hãy viết "
            f"{', '.join(KINDS)} hoặc none. (unknown part)"
        )
    return [kind for kind in KINDS if kind in asked]


def hubs_asked():
    """DANCHU_LIVE_HUBS, as many as there are cores by default."""
    told = os.environ.get("DANCHU_LIVE_HUBS") or str(os.cpu_count() or 1)
    if not told.isdecimal() or not 1 <= int(told) <= 64:
        raise WebFailed(
            f"DANCHU_LIVE_HUBS phải là số từ 1 đến 64, không phải “{told}”. (must be 1–64)"
        )
    return int(told)


def choose_ports(port):
    """Settle where hubs and intake listen and leave it in the environment for our children:
    what is set, else the next free ones.
    """
    following = port + 1
    for kind, name in (("hub", "DANCHU_LIVE_PORT"), ("intake", "DANCHU_INTAKE_PORT")):
        told = os.environ.get(name)
        if told:
            if not told.isdecimal() or not 1 <= int(told) <= 65535:
                raise WebFailed(
                    f"{name} phải là số từ 1 đến 65535, không phải “{told}”. ({name} "
                    f"must be 1–65535)"
                )
            if kind in kinds_asked() and not is_free(int(told)):
                raise WebFailed(
                    f"Cổng {told} ({name}) đang có chương trình khác dùng. (port taken)"
                )
            continue
        while following < 65535 and not is_free(following):
            following += 1
        os.environ[name] = str(following)
        following += 1


class Live:
    """The hall's processes of this machine."""

    def __init__(self):
        self._asked = [
            kind for kind in kinds_asked() for _ in range(hubs_asked() if kind == "hub" else 1)
        ]
        self._running = []
        self._waiting = []

    def start(self):
        self._running = [self._launched(kind) for kind in self._asked]

    def tend(self):
        """Start again what has ended; what dies at once, after a pause that doubles."""
        now = time.monotonic()
        for place, (kind, process, since, pause) in enumerate(self._running):
            if process is None:
                if now >= since:
                    self._running[place] = self._launched(kind, pause)
            elif process.poll() is not None:
                pause = min(LONGEST_PAUSE, pause * 2) if now - since < QUICK_DEATH_SECONDS else 0.5
                say(
                    f"{kind}: tiến trình của hội trường đã dừng đột ngột, đang khởi động "
                    f"lại… (ended, starting again)"
                )
                self._running[place] = (kind, None, now + pause, pause)

    @staticmethod
    def _launched(kind, pause=0.5):
        port = {
            "hub": os.environ.get("DANCHU_LIVE_PORT"),
            "intake": os.environ.get("DANCHU_INTAKE_PORT"),
        }.get(kind)
        command = [sys.executable, "-m", "danchu.live", kind, *([port] if port else [])]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=tied(alone=True))
        return kind, process, time.monotonic(), pause

    def stop(self):
        """Ask all to end, then end them."""
        processes = [process for _kind, process, _since, _pause in self._running if process]
        self._running = []
        for process in processes:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            if process.poll() is None:
                process.kill()
                process.wait()
