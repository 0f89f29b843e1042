"""python -m bench.live [--size N] [--rounds N] [PART …]: measure, print the table, write bench/live.json.

With another size than the default, nothing is written. With the names of parts only these are measured, and their rows take the
place of the earlier ones.
"""

import argparse
import json
import os
import signal
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

from bench.live.processes import prefer

RESULTS = Path(__file__).parents[1] / "live.json"
SIZE = 24_000


def parts(database, size, rounds, minutes=10, folder=None):
    """{name: what measures it}, in the order in which they run."""
    from bench.live.crashes import crashes
    from bench.live.deaf import deaf
    from bench.live.entries import entries_and_fanout
    from bench.live.herd import herd
    from bench.live.many import many
    from bench.live.questions import questions
    from bench.live.registration import registration
    from bench.live.rehearsal import rehearsal
    from bench.live.rooms import rooms
    from bench.live.votes import votes

    named = {
        "fanout": entries_and_fanout, "tls": partial(entries_and_fanout, tls=True), "herd": herd, "votes": votes, "crashes": crashes,
        "questions": questions, "deaf": deaf, "many": many, "rooms": rooms, "registration": registration,
        "rehearsal": partial(rehearsal, minutes=minutes, folder=folder),
    }  # fmt: skip
    return {name: partial(work, database, size, rounds) for name, work in named.items()}


ALSO = {"entries": "fanout"}  # measured in the same run


def measured(size, rounds, names, **more):
    """The rows of the parts named; every process is ended and the database removed, however it ends."""
    from bench.live.ground import Database
    from bench.live.table import say, show

    found = []
    with closing(Database()) as database:
        for name, work in parts(database, size, rounds, **more).items():
            if not names or name in names:
                began = time.monotonic()
                say(name)
                rows = work()
                show(rows)
                say(f"  {name}: {time.monotonic() - began:.0f} s")
                found += rows
    return found


def main():
    asked = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    asked.add_argument("parts", nargs="*")
    asked.add_argument("--size", type=int, default=SIZE)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--before-others", action="store_true", help="as root: let the work of others on this machine wait")
    asked.add_argument("--minutes", type=float, default=10, help="how long the rehearsal of ninety minutes takes")
    asked.add_argument("--folder", help="where the rehearsal puts its minutes and the comparison")
    told = asked.parse_args()
    os.environ["BENCH_BEFORE_OTHERS"] = str(int(told.before_others))
    prefer([os.getpid()])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    names = {ALSO.get(name, name) for name in told.parts}
    print("       tỷ số (mục tiêu)      của ta    đối chứng  đơn vị  phép đo")
    rows = measured(told.size, told.rounds, names, minutes=told.minutes, folder=told.folder)
    if told.size == SIZE:
        earlier = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
        anew = {one["part"] for one in rows}
        kept = [one for one in earlier if one["part"] not in anew] if names else []
        RESULTS.write_text(json.dumps([*kept, *rows], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
