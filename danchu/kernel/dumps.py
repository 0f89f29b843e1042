"""What others may read of the memory of a process."""

import ctypes
import resource
from contextlib import suppress

PR_SET_DUMPABLE = 4


def refuse_dumps() -> None:
    """No core dump of this process and no reading of its memory by others of its account: it holds
    keys of urns and identities (prctl(2), PR_SET_DUMPABLE).
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
