"""Child processes that do not outlive us, however we end."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def tied(number=signal.SIGTERM, alone=False):
    """A `preexec_fn`: the child gets this signal when we die, also by kill -9 (Linux only:
    elsewhere nothing can be done).

    `alone` puts it in a session of its own, out of reach of the terminal's Ctrl-C.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def prepare():
        if alone:
            os.setsid()
        if libc:
            libc.prctl(PR_SET_PDEATHSIG, int(number))
            if os.getppid() != parent:  # we died before the child could ask for the signal
                os._exit(1)

    return prepare
