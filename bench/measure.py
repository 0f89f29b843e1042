"""Timing: the median of several runs after a warm one, ours and the rival's in turn, so that drift falls on both."""

import gc
import resource
import statistics
import time


def memory_mib():
    """The largest memory of this process so far, in MiB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def seconds(work):
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def against(name, ours, rival, goal, runs=7, higher_is_better=False):
    """One row of the table: medians of ours and the rival's, and their ratio."""
    ours(), rival()
    pairs = [(seconds(ours), seconds(rival)) for _ in range(runs)]
    own, other = statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)
    ratio = other / own if higher_is_better else own / other
    return {
        "name": name, "ours": round(own, 4), "rival": round(other, 4), "ratio": round(ratio, 3),
        "goal": f"≥ {goal}" if higher_is_better else f"≤ {goal}", "memory_mib": memory_mib(),
    }  # fmt: skip
