"""Processes of this machine: children that end with their parent, also when it is killed, and
whether one still exists.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_parent(number=signal.SIGTERM, alone=False):
    """A `preexec_fn`: the child gets the signal `number` when its parent dies, also by kill -9.

    Linux only; other systems have no such signal. `alone` starts the child in a session of its own,
    so that Ctrl-C at the terminal does not reach it.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def prepare():
        if alone:
            os.setsid()
        if libc:
            libc.prctl(PR_SET_PDEATHSIG, int(number))
            if os.getppid() != parent:  # the parent died before prctl() was called
                os._exit(1)

    return prepare


def answers_signals(pid):
    """Whether a process with this number exists, also one of another user."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
