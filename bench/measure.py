"""Timing: the least of several runs after a warm one, ours and the rival's in turn, so that drift
falls on both.

The least, not the mean: what else the machine does can only add.
"""

import gc
import resource
import time
from contextlib import suppress
from pathlib import Path

RUNS, SPELL = 15, 5


def peak_mib(work):
    """The largest memory of this process while `work` runs, in MiB (where the system cannot
    tell: so far).
    """
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    work()
    with suppress(OSError):
        status = Path("/proc/self/status").read_text().split()
        return round(int(status[status.index("VmHWM:") + 1]) / 1024)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def seconds(work):
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def least(*works, spell=SPELL):
    """The least seconds of each, run in turn: at least RUNS times, and quick ones for `spell`
    seconds.
    """
    for work in works:
        work()
    until, rounds = time.perf_counter() + spell, []
    while len(rounds) < RUNS or time.perf_counter() < until:
        rounds.append([seconds(work) for work in works])
    return [min(times) for times in zip(*rounds, strict=True)]


def row(name, ours, rival, goal, memory, higher_is_better=False):
    """One row of the table, seconds of both; the ratio is how many times the rival's, or for
    speed how many times faster.
    """
    ratio = rival / ours if higher_is_better else ours / rival
    return {
        "name": name,
        "ours": round(ours, 5),
        "rival": round(rival, 5),
        "ratio": round(ratio, 3),
        "goal": f"{'≥' if higher_is_better else '≤'} {goal:g}",
        "memory_mib": memory,
    }


def met(found):
    """Whether a row reaches its goal."""
    sign, goal = found["goal"].split()
    return found["ratio"] >= float(goal) if sign == "≥" else found["ratio"] <= float(goal)
