"""The processes that read a file apart, each made as a copy of one that has loaded what they need.

The product starts a program for every file that comes in, twice for a workbook, and hundreds of
tests send one: most of their time went into importing the same libraries. A copy runs the same
program with the same arguments, files, limits and exit code. `make test-long` starts them as the
product does, and so does `started_anew` for one test.

    python -m tests.readers FD    asked over the socket FD; ends when the other side is closed
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.sizes import IS_LONG

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = {
    str(ROOT / "danchu" / path)
    for path in ("papers/cleaning/process.py", "register/imports/sheet_process.py")
}
LONGEST = 4096
_MOTHERS = {}


def run(command, *, stdin, stdout, stderr):
    """What subprocess.run answers for `[python, "-I", program, *arguments]`."""
    program, *arguments = command[2:]
    if program not in PROGRAMS:
        return subprocess.run(command, stdin=stdin, stdout=stdout, stderr=stderr)
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with near:
        with far:
            files = [far.fileno(), stdin.fileno(), stdout.fileno()]
            socket.send_fds(_mother(), [json.dumps([program, *arguments]).encode()], files)
        return SimpleNamespace(returncode=int(near.recv(16)))


def started_anew():
    """Within, the product starts its readers itself."""
    return _started_by(subprocess)


def copied():
    """Within, they are copies."""
    return _started_by(SimpleNamespace(run=run, DEVNULL=subprocess.DEVNULL))


@contextmanager
def _started_by(starter):
    from danchu.papers import screening  # settings must be ready first
    from danchu.register.imports import reading

    with pytest.MonkeyPatch.context() as patch:
        for module in (screening, reading):
            patch.setattr(module, "subprocess", starter)
        yield


@pytest.fixture(scope="session", autouse=True)
def _readers_copied():
    with started_anew() if IS_LONG else copied():
        yield


def _mother():
    pid = os.getpid()
    if pid not in _MOTHERS:
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with far:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.readers", str(far.fileno())],
                pass_fds=[far.fileno()],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
            )

        def end():
            if os.getpid() == pid:
                near.close()
                process.wait(10)

        atexit.register(end)
        _MOTHERS[pid] = near
    return _MOTHERS[pid]


def main(number):
    import gc

    programs = {path: compile(Path(path).read_text(), path, "exec") for path in PROGRAMS}
    _load(programs)
    gc.freeze()  # the copies share what is not touched
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who watches over a copy is waited for by nobody
    with socket.socket(fileno=number) as line:
        while True:
            asked, descriptors, _flags, _from = socket.recv_fds(line, LONGEST, 3)
            if not asked:
                return
            if not os.fork():
                line.close()
                os._exit(_watch(programs, json.loads(asked), *descriptors))
            for one in descriptors:
                os.close(one)


def _load(programs):
    """What the programs import before they read, and what that imports late."""
    import python_calamine  # noqa: F401

    from danchu.papers.cleaning.cleaned import cleaned
    from danchu.papers.cleaning.looked import looker

    for path, code in programs.items():
        exec(code, {"__name__": "loaded", "__file__": path})
    for kind in ("picture", "pdf", "open_xml", "open_document"):
        cleaned(kind)
        looker(kind)


def _watch(programs, asked, number, stdin, stdout):
    """In a copy of the mother: make the reader, and say how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with socket.socket(fileno=number) as line:
        if not (pid := os.fork()):
            line.close()
            os._exit(_read(programs, asked, stdin, stdout))
        _pid, status = os.waitpid(pid, 0)
        line.send(str(os.waitstatus_to_exitcode(status)).encode())
    return 0


def _read(programs, asked, stdin, stdout):
    """In a copy of the copy: run the program that was asked for; its exit code."""
    silent = os.open(os.devnull, os.O_WRONLY)
    for standard, file in enumerate((stdin, stdout, silent)):
        os.dup2(file, standard)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  to the end of the process
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.argv = asked
    try:
        exec(programs[asked[0]], {"__name__": "__main__", "__file__": asked[0]})
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    return code


if __name__ == "__main__":
    main(int(sys.argv[1]))
