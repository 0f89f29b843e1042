"""A process that has loaded the product once and makes each live process a test asks for as a copy
of itself.

A worker of the suite starts some dozens of halls, and most of their time would go into importing
the same modules. What is made here is a process like any other: its environment, its folder and its
log are what it is given, the settings are read anew, it begins at the same `main`, and it can be
killed, ended and waited for by its number. That `python -m danchu.live` starts them too is shown by
the tests that serve a whole house, and by the one under TLS here.

    python -m tests.live.mother FD    asked over the socket FD; ends when the other side is closed
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from contextlib import suppress

LONGEST = 256 * 1024
_MOTHERS = {}


class Born:
    """A process made by the mother, used as one of `subprocess`."""

    def __init__(self, line):
        self.line, self.returncode = line, None
        self.pid = int(line.recv(16))  # known before it has begun

    def send_signal(self, number):
        if self.poll() is None:
            with suppress(ProcessLookupError):  # ended meanwhile
                os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def poll(self):
        return self._ended(0)

    def wait(self, timeout=None):
        self._ended(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired("danchu.live", timeout)
        return self.returncode

    def _ended(self, seconds):
        if self.returncode is None:
            self.line.settimeout(seconds)
            try:
                self.returncode = int(self.line.recv(16))
                self.line.close()
            except (BlockingIOError, TimeoutError):
                pass
        return self.returncode


def bear(arguments, environment, folder, log):
    """A live process as `python -m danchu.live *arguments` starts it, without the wait for its
    imports.
    """
    place = environment["DATABASE_URL"]
    if place not in _MOTHERS:
        _MOTHERS[place] = _mother(environment, folder)
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with far:
        asked = json.dumps(
            {"arguments": arguments, "environment": environment, "folder": str(folder)}
        ).encode()
        socket.send_fds(_MOTHERS[place], [asked], [far.fileno(), log.fileno()])
    return Born(near)


def _mother(environment, folder):
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with far:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.live.mother", str(far.fileno())],
            pass_fds=[far.fileno()],
            env=environment,
            cwd=folder,
        )

    def end():
        near.close()
        process.wait(10)

    atexit.register(end)
    return near


def main(number):
    import gc

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danchu.config.settings")
    django.setup()
    from danchu.live import hub, intake, process, sequencer  # noqa: F401

    gc.freeze()  # the copies share what is not touched
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who watches over a copy is waited for by nobody
    with socket.socket(fileno=number) as line:
        while True:
            asked, descriptors, _flags, _from = socket.recv_fds(line, LONGEST, 2)
            if not asked:
                return
            if not os.fork():
                line.close()
                os._exit(_watch(json.loads(asked), *descriptors))
            for one in descriptors:
                os.close(one)


def _watch(asked, number, log):
    """In a copy of the mother: make the process, say its number, then how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with socket.socket(fileno=number) as line:
        if not (pid := os.fork()):
            line.close()
            os._exit(_live(asked, log))
        os.close(log)
        line.send(str(pid).encode())
        _pid, status = os.waitpid(pid, 0)
        line.send(str(os.waitstatus_to_exitcode(status)).encode())
    return 0


def _live(asked, log):
    """In a copy of the copy: become the process that was asked for; its exit code."""
    os.setsid()  # a hub gives way to others as a whole session
    for standard in (1, 2):
        os.dup2(log, standard)
    os.close(log)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    try:
        _read_settings_anew()
        from danchu.live.__main__ import main as begin

        return begin(*asked["arguments"]) or 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _read_settings_anew():
    import importlib

    from django.conf import empty, settings
    from django.utils.log import configure_logging

    importlib.reload(sys.modules["danchu.config.settings"])
    settings._wrapped = empty
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)


if __name__ == "__main__":
    main(int(sys.argv[1]))
