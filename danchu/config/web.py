"""The web server's process: granian, two workers of four threads each unless the environment
says otherwise.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

from danchu.config.children import tied

READY_SECONDS = 90
STOP_SECONDS = 20
HOST = os.environ.get("DANCHU_BIND", "127.0.0.1")


class WebFailed(Exception):
    """The product cannot be served; the message says why, in one line."""


def port_asked():
    """PORT as a number; WebFailed when it is none or may not be used."""
    told = os.environ.get("PORT", "8000")
    if not told.isascii() or not told.isdecimal() or not 1 <= int(told) <= 65535:
        raise WebFailed(
            f"PORT phải là số từ 1 đến 65535, không phải “{told}”. (PORT must be 1–65535)"
        )
    return int(told)


def is_free(port):
    """Whether we may listen there; a port that only root may open is told apart."""
    family = socket.AF_INET6 if ":" in HOST else socket.AF_INET
    with socket.socket(family) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((HOST, port))
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
    return True


class Web:
    """One granian with its workers, in a process group of its own."""

    def __init__(self, port):
        self.port = port
        self.process = None

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
            # the link of an invitation carries a code: no address is written down, whatever the
            # environment says
            "--no-access-log",
            "danchu.config.wsgi:application",
        ]
        # A killed `danchu serve` takes its web server with it: a port held by nobody's child helps
        # no one.
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, preexec_fn=tied(alone=True)
        )

    def wait_until_ready(self, asked_to_stop):
        """Ask for the front page until it comes, which also warms the workers; False when asked
        to stop before.
        """
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(
            HOST, f"[{HOST}]" if ":" in HOST else HOST
        )
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and not asked_to_stop():
            if self.ended(within=0.1):
                raise WebFailed(
                    "Máy chủ web không khởi động được, xem dòng trên. (the web server "
                    "did not start)"
                )
            try:
                urllib.request.urlopen(f"http://{host}:{self.port}/", timeout=30).close()
            except urllib.error.HTTPError:
                return True  # it answers; what it says is for the log
            except OSError:
                continue
            return True
        if not asked_to_stop():
            raise WebFailed(
                f"Máy chủ web không trả lời sau {READY_SECONDS} giây. (the web server "
                f"does not answer)"
            )
        return False

    def ended(self, within):
        """Whether the server has ended, having waited this many seconds for it."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(within)
        return self.process.returncode is not None

    def stop(self):
        """Let requests in hand be answered, then end; what does not end is killed with all its
        workers.
        """
        if not self.process:
            return
        if self.process.poll() is None:
            self.process.terminate()
            self.ended(within=STOP_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
