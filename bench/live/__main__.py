"""python -m bench.live [--size N] [--rounds N] [PART …]: measure, print the table, write
bench/live.json.

With another size than the default, nothing is written. With the names of parts only these are
measured. Rows take the place of the earlier ones of their part as soon as it is measured.
"""

import argparse
import json
import os
import signal
import sys
import time
import traceback
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
        "fanout": entries_and_fanout,
        "tls": partial(entries_and_fanout, tls=True),
        "herd": herd,
        "votes": votes,
        "crashes": crashes,
        "questions": questions,
        "deaf": deaf,
        "many": many,
        "rooms": rooms,
        "registration": registration,
        "rehearsal": partial(rehearsal, minutes=minutes, folder=folder),
    }
    return {name: partial(work, database, size, rounds) for name, work in named.items()}


ALSO = {"entries": "fanout"}  # measured in the same run
MOST_OF_A_PART = 15  # minutes


class Late(Exception):
    """A part took longer than it may."""


def measured(size, rounds, names, within, keep, **more):
    """Measure the parts named, show their rows and give them to `keep`, part by part; the names of
    those that failed.

    One that fails or takes too long does not stop the others. Every process is ended and the
    database removed, however it ends.
    """
    from bench.live.ground import Database
    from bench.live.table import say, show

    failed, until = [], time.monotonic() + within * 60
    signal.signal(signal.SIGALRM, _late)
    with closing(Database()) as database:
        asked = {
            name: work
            for name, work in parts(database, size, rounds, **more).items()
            if not names or name in names
        }
        for number, (name, work) in enumerate(asked.items(), 1):
            began = time.monotonic()
            say(f"[{number}/{len(asked)}] {name} ({(until - began) / 60:.0f} min left)")
            if until - began < 30:
                say("  no time left for it")
                failed.append(name)
                continue
            signal.alarm(int(min(MOST_OF_A_PART * 60, until - began)))
            try:
                rows = work()
            except Exception as error:
                signal.alarm(0)
                failed.append(name)
                say(
                    f"  {name} FAILED after {time.monotonic() - began:.0f} s: "
                    f"{type(error).__name__}: {error}"
                )
                traceback.print_exc()
                database.restore()
                continue
            signal.alarm(0)
            busy = [one["others"] for one in rows if "others" in one]
            rows = [{"others": max(busy), **one} if busy else one for one in rows]
            show(rows)
            say(f"  {name}: {time.monotonic() - began:.0f} s")
            keep(rows)
    return failed


def _late(*_):
    raise Late("took too long")


def kept(rows):
    """Put the rows of a part into bench/live.json in the place of earlier ones of that part."""
    earlier = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    anew = {one["part"] for one in rows}
    merged = [*(one for one in earlier if one["part"] not in anew), *rows]
    RESULTS.write_text(json.dumps(merged, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main():
    asked = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    asked.add_argument("parts", nargs="*")
    asked.add_argument("--size", type=int, default=SIZE)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument(
        "--within",
        type=float,
        default=40,
        help="minutes in which all must be measured; what finds no time is left out",
    )
    asked.add_argument(
        "--minutes", type=float, default=10, help="how long the rehearsal of ninety minutes takes"
    )
    asked.add_argument("--folder", help="where the rehearsal puts its minutes and the comparison")
    asked.add_argument(
        "--before-others",
        action="store_true",
        help="as root: let the work of others on this machine wait",
    )
    told = asked.parse_args()
    os.environ["BENCH_BEFORE_OTHERS"] = str(int(told.before_others))
    prefer([os.getpid()])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    names = {ALSO.get(name, name) for name in told.parts}
    print("       tỷ số (mục tiêu)      của ta    đối chứng  đơn vị  phép đo")
    keep = kept if told.size == SIZE else lambda rows: None
    failed = measured(
        told.size, told.rounds, names, told.within, keep, minutes=told.minutes, folder=told.folder
    )
    if failed:
        print(f"✗ not measured: {', '.join(failed)} (their earlier rows stay)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
