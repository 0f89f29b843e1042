"""What processes cost: run time as the scheduler counts it, user memory, and how busy the
machine was with the work of others.
"""

import os
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def tree(roots):
    """These processes and all their descendants."""
    children = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = path.read_text()
            children[int(told[told.rindex(")") + 2 :].split()[1])].append(int(path.parent.name))
    found, coming = [], list(roots)
    while coming:
        pid = coming.pop()
        found.append(pid)
        coming += children[pid]
    return found


class Clock:
    """CPU seconds of process trees since it was made: `seconds()`. Threads that come later are
    missed, unless `anew`.
    """

    def __init__(self, roots):
        self.roots = list(roots)
        self.paths = [
            path
            for pid in tree(self.roots)
            for path in Path(f"/proc/{pid}/task").glob("*/schedstat")
        ]
        self.began = self._ran()

    def _ran(self):
        ran = {}
        for path in self.paths:
            with suppress(OSError):
                ran[path] = int(path.read_bytes().split()[0])
        return ran

    def seconds(self, anew=False):
        """CPU seconds since the beginning; what ended meanwhile is not counted."""
        if anew:
            self.paths = [
                path
                for pid in tree(self.roots)
                for path in Path(f"/proc/{pid}/task").glob("*/schedstat")
            ]
        return sum(ran - self.began.get(path, 0) for path, ran in self._ran().items()) / 1e9


def user_bytes(roots):
    """User memory of process trees that no file backs, shared pages counted once."""
    total = 0
    for pid in tree(roots):
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith(("Pss_Anon:", "Pss_Shmem:")):
                    total += int(line.split()[1]) * 1024
    return total


class Others:
    """What share of the machine others used since it was made: all busy time less that of
    `roots` (reads low under much network).
    """

    def __init__(self, roots):
        self.ours, self.began, self.busy = (
            Clock([os.getpid(), *roots]),
            time.monotonic(),
            self._busy(),
        )

    @staticmethod
    def _busy():
        user, nice, system, _idle, _iowait, irq, soft, steal = map(
            int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
        )
        return (user + nice + system + irq + soft + steal) / TICK

    def share(self):
        spent = (time.monotonic() - self.began) * os.cpu_count()
        return round(max(0.0, (self._busy() - self.busy - self.ours.seconds(anew=True)) / spent), 2)
