"""Timing: the least of several runs after a warm-up, ours and the rival's in turn, so that drift
affects both.

The least and not the mean, because other work on the machine can only add time.
"""

import gc
import resource
import time
from contextlib import suppress
from pathlib import Path

RUNS, SPELL = 15, 5


def peak_mib(work):
    """The peak memory of this process while `work` runs, in MiB (without /proc: since its
    start).
    """
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    work()
    with suppress(OSError):
        status = Path("/proc/self/status").read_text().split()
        return round(int(status[status.index("VmHWM:") + 1]) / 1024)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def seconds(work):
    """How long one run of `work` takes, in seconds."""
    gc.collect()
    started_at = time.perf_counter()
    work()
    return time.perf_counter() - started_at


def least_seconds(*works, spell=SPELL):
    """[least seconds] of each, run in turn at least RUNS times and for at least `spell` seconds."""
    for work in works:
        work()
    until, rounds = time.perf_counter() + spell, []
    while len(rounds) < RUNS or time.perf_counter() < until:
        rounds.append([seconds(work) for work in works])
    return [min(times) for times in zip(*rounds, strict=True)]


def row(name, ours, rival, goal, memory, higher_is_better=False):
    """One row of the table, a dict; `ours` and `rival` in seconds. The ratio is ours to the
    rival's, or the inverse with `higher_is_better`.
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


def reaches_goal(row_of_table):
    """Whether a row reaches its goal."""
    sign, goal = row_of_table["goal"].split()
    return (
        row_of_table["ratio"] >= float(goal)
        if sign == "≥"
        else row_of_table["ratio"] <= float(goal)
    )
