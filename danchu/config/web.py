"""The web server's process: granian, by default two workers of four threads each."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from contextlib import ExitStack, suppress

from danchu.config.children import end_with_parent

READY_SECONDS = 90
# So often within so many seconds the server ends before it is given up.
MOST_ENDS, ENDS_SECONDS = 5, 60
STOP_SECONDS = 20
HOST = os.environ.get("DANCHU_BIND", "127.0.0.1")


class WebFailed(Exception):
    """The product cannot be served; the message says why, in one line."""


def port_from_environment():
    """PORT as a number, 8000 by default; WebFailed unless it is 1 to 65535."""
    text = os.environ.get("PORT", "8000")
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise WebFailed(
            f"PORT phải là số từ 1 đến 65535, không phải “{text}”. (PORT must be 1–65535)"
        )
    return int(text)


_reserved = []  # sockets that hold ports until this process ends


def reserve(port):
    """Reserve the port for this process and its children, which may listen there with
    SO_REUSEPORT; False when another process uses or has reserved it. WebFailed when this process
    never could listen there, as on a port that needs root.

    To bind is not enough: sockets with SO_REUSEADDR, which passes over connections that have
    ended, share a port until one listens. So this one listens, which only one can, stops, and stays
    bound.
    """
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    with ExitStack() as unless_reserved:
        line = unless_reserved.enter_context(socket.socket(family))
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((HOST, port))
            line.listen(1)
        except PermissionError as error:
            raise WebFailed(
                f"Cổng {port} chỉ root mở được: hãy chọn cổng từ 1024. (port {port} needs root)"
            ) from error
        except OSError as error:
            if error.errno in (98, 48):  # address in use, on Linux and macOS
                return False
            raise WebFailed(
                f"Không mở được {HOST}:{port}: {error.strerror} (cannot listen there)"
            ) from error
        try:
            line.shutdown(socket.SHUT_RDWR)
        except OSError:  # no Linux: it cannot stop listening, so the port is free but not held
            return True
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        unless_reserved.pop_all()
    _reserved.append(line)
    return True


class Web:
    """One granian with its workers, in a process group of its own."""

    def __init__(self, port):
        self.port = port
        self.process = None
        self._ends = deque(maxlen=MOST_ENDS)

    def start(self):
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            HOST,
            "--port",
            str(self.port),
            "--workers",
            os.environ.get("DANCHU_WORKERS", "2"),
            "--blocking-threads",
            os.environ.get("DANCHU_THREADS", "4"),
            "--respawn-failed-workers",
            "--workers-kill-timeout",
            "10",
            "--no-ws",
            "--log-level",
            "warning",
            # The link of an invitation contains its code: addresses must not be logged, whatever
            # the environment says.
            "--no-access-log",
            "danchu.config.wsgi:application",
        ]
        # A killed `danchu serve` takes its web server with it, so that the port is free again.
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, preexec_fn=end_with_parent(alone=True)
        )

    def wait_until_ready(self, should_stop):
        """Request the front page until it is answered, which also warms the workers; False when
        `should_stop()` before. WebFailed when the server ends or does not answer in time.
        """
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(
            HOST, f"[{HOST}]" if ":" in HOST else HOST
        )
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and not should_stop():
            if self.ended(within=0.1):
                raise WebFailed(
                    "Máy chủ web không khởi động được, xem dòng trên. (the web server "
                    "did not start)"
                )
            try:
                urllib.request.urlopen(f"http://{host}:{self.port}/", timeout=30).close()
            except urllib.error.HTTPError:
                return True  # it answers; the error itself is in the log
            except OSError:
                continue
            return True
        if not should_stop():
            raise WebFailed(
                f"Máy chủ web không trả lời sau {READY_SECONDS} giây. (the web server "
                f"does not answer)"
            )
        return False

    def tend(self):
        """Whether the server had ended and was started again: it ends when workers are killed
        faster than it replaces them. WebFailed where it ends again and again.
        """
        if not self.ended(within=1):
            return False
        self._ends.append(time.monotonic())
        if len(self._ends) == MOST_ENDS and self._ends[-1] - self._ends[0] < ENDS_SECONDS:
            raise WebFailed("Máy chủ web dừng đột ngột nhiều lần. (the web server ends repeatedly)")
        self.stop()
        self.start()
        return True

    def ended(self, within):
        """Whether the server has ended, waiting up to `within` seconds for it."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(within)
        return self.process.returncode is not None

    def stop(self):
        """Stop gracefully: requests in progress are answered. What has not ended after STOP_SECONDS
        is killed with its workers.
        """
        if not self.process:
            return
        if self.process.poll() is None:
            self.process.terminate()
            self.ended(within=STOP_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
