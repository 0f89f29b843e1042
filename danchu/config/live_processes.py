"""The processes of the live hall beside the web server: hubs, the intake, the sequencer. One that
ends is started again.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

from danchu.config.banner import say
from danchu.config.children import end_with_parent
from danchu.config.web import WebFailed, reserve

STOP_SECONDS = 12
QUICK_DEATH_SECONDS = 5
LONGEST_PAUSE = 30
KINDS = ("sequencer", "intake", "hub")


def kinds_to_run():
    """The kinds of processes to run on this machine: DANCHU_LIVE, all by default, "none" for none.
    WebFailed on an unknown kind.
    """
    setting = os.environ.get("DANCHU_LIVE", "sequencer,intake,hub").replace(" ", ",")
    kinds = [kind for kind in setting.split(",") if kind and kind != "none"]
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise WebFailed(
            f"DANCHU_LIVE có phần không hiểu: “{unknown[0]}”. Hãy viết "
            f"{', '.join(KINDS)} hoặc none. (unknown part)"
        )
    return [kind for kind in KINDS if kind in kinds]


def hub_count():
    """DANCHU_LIVE_HUBS, by default one hub for each core. WebFailed unless it is 1 to 64."""
    text = os.environ.get("DANCHU_LIVE_HUBS") or str(os.cpu_count() or 1)
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise WebFailed(
            f"DANCHU_LIVE_HUBS phải là số từ 1 đến 64, không phải “{text}”. (must be 1–64)"
        )
    return int(text)


def reserve_ports(port):
    """Reserve the ports of hubs and intake and put them into the environment of child processes:
    those that are set, else the next free ones above `port`. WebFailed when one cannot be used.
    """
    next_port = port + 1
    for kind, name in (("hub", "DANCHU_LIVE_PORT"), ("intake", "DANCHU_INTAKE_PORT")):
        text = os.environ.get(name)
        if text:
            if not text.isdecimal() or not 1 <= int(text) <= 65535:
                raise WebFailed(
                    f"{name} phải là số từ 1 đến 65535, không phải “{text}”. ({name} "
                    f"must be 1–65535)"
                )
            if kind in kinds_to_run() and not reserve(int(text)):
                raise WebFailed(
                    f"Cổng {text} ({name}) đang có chương trình khác dùng. (port taken)"
                )
            continue
        while next_port < 65535 and not reserve(next_port):
            next_port += 1
        os.environ[name] = str(next_port)
        next_port += 1


class Live:
    """The hall's processes of this machine; `tend` is called every second."""

    def __init__(self):
        self._kinds = [
            kind for kind in kinds_to_run() for _ in range(hub_count() if kind == "hub" else 1)
        ]
        self._running = []

    def start(self):
        self._running = [self._launch(kind) for kind in self._kinds]

    def tend(self):
        """Start again what has ended; what ends within seconds, after a pause that doubles."""
        now = time.monotonic()
        for place, (kind, process, since, pause) in enumerate(self._running):
            if process is None:
                if now >= since:
                    self._running[place] = self._launch(kind, pause)
            elif process.poll() is not None:
                pause = min(LONGEST_PAUSE, pause * 2) if now - since < QUICK_DEATH_SECONDS else 0.5
                say(
                    f"{kind}: tiến trình của hội trường đã dừng đột ngột, đang khởi động "
                    f"lại… (ended, starting again)"
                )
                self._running[place] = (kind, None, now + pause, pause)

    @staticmethod
    def _launch(kind, pause=0.5):
        port = {
            "hub": os.environ.get("DANCHU_LIVE_PORT"),
            "intake": os.environ.get("DANCHU_INTAKE_PORT"),
        }.get(kind)
        command = [sys.executable, "-m", "danchu.live", kind, *([port] if port else [])]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, preexec_fn=end_with_parent(alone=True)
        )
        return kind, process, time.monotonic(), pause

    def stop(self):
        """Send SIGTERM to all, wait STOP_SECONDS, then kill what is left."""
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
