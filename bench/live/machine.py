"""CPU time and memory of processes, and the load of other work on the machine."""

import os
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def process_tree(roots):
    """[pid] of these processes and all their descendants."""
    children = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            stat = path.read_text()
            children[int(stat[stat.rindex(")") + 2 :].split()[1])].append(int(path.parent.name))
    pids, waiting_pids = [], list(roots)
    while waiting_pids:
        pid = waiting_pids.pop()
        pids.append(pid)
        waiting_pids += children[pid]
    return pids


class CpuClock:
    """CPU seconds of process trees since its creation: `seconds()`. Threads that start later are
    missed unless `anew`.
    """

    def __init__(self, roots):
        self.roots = list(roots)
        self.paths = [
            path
            for pid in process_tree(self.roots)
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
                for pid in process_tree(self.roots)
                for path in Path(f"/proc/{pid}/task").glob("*/schedstat")
            ]
        return sum(ran - self.began.get(path, 0) for path, ran in self._ran().items()) / 1e9


def user_bytes(roots):
    """Bytes of anonymous and shared memory of process trees, shared pages counted once."""
    total = 0
    for pid in process_tree(roots):
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith(("Pss_Anon:", "Pss_Shmem:")):
                    total += int(line.split()[1]) * 1024
    return total


class OtherLoad:
    """The share of the machine's CPU used by other work since its creation: all busy time minus
    that of `roots`. Too low under much network traffic.
    """

    def __init__(self, roots):
        self.own_clock, self.began, self.busy = (
            CpuClock([os.getpid(), *roots]),
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
        return round(
            max(0.0, (self._busy() - self.busy - self.own_clock.seconds(anew=True)) / spent), 2
        )
