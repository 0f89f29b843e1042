"""python -m bench.live [--size N] [--rounds N] [PART …]: measure, print the table, write
bench/live.json.

With another size than the default, nothing is written. With the names of parts only these are
measured. Rows replace the earlier ones of their part as soon as it is measured.
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

from bench.live.processes import raise_priority

RESULTS = Path(__file__).parents[1] / "live.json"
SIZE = 24_000


def parts(database, size, rounds, minutes=10, folder=None):
    """{name: function that measures it and returns rows}, in the order in which they run."""
    from bench.live.crashes import crashes
    from bench.live.deaf import deaf
    from bench.live.entries import entries_and_fanout
    from bench.live.herd import herd
    from bench.live.many import most_lines
    from bench.live.questions import questions
    from bench.live.registration import registration
    from bench.live.rehearsal import rehearsal
    from bench.live.rooms import rooms
    from bench.live.votes import votes

    functions = {
        "fanout": entries_and_fanout,
        "tls": partial(entries_and_fanout, tls=True),
        "herd": herd,
        "votes": votes,
        "crashes": crashes,
        "questions": questions,
        "deaf": deaf,
        "many": most_lines,
        "rooms": rooms,
        "registration": registration,
        "rehearsal": partial(rehearsal, minutes=minutes, folder=folder),
    }
    return {name: partial(work, database, size, rounds) for name, work in functions.items()}


ALSO = {"entries": "fanout"}  # measured in the same run
MOST_OF_A_PART = 15  # minutes


class Late(Exception):
    """A part took longer than it may."""


def measure_parts(size, rounds, names, within, keep, **more):
    """Measure the named parts (all without names) within so many minutes; show the rows of each and
    call `keep(rows)`. Returns the names of those that failed.

    One that fails or takes too long does not stop the others. All processes are ended and the
    database is removed in any case.
    """
    from bench.live.ground import Database
    from bench.live.table import say, show

    failed, until = [], time.monotonic() + within * 60
    signal.signal(signal.SIGALRM, _raise_late)
    with closing(Database()) as database:
        chosen = {
            name: work
            for name, work in parts(database, size, rounds, **more).items()
            if not names or name in names
        }
        for number, (name, work) in enumerate(chosen.items(), 1):
            started_at = time.monotonic()
            say(f"[{number}/{len(chosen)}] {name} ({(until - started_at) / 60:.0f} min left)")
            if until - started_at < 30:
                say("  no time left for it")
                failed.append(name)
                continue
            signal.alarm(int(min(MOST_OF_A_PART * 60, until - started_at)))
            try:
                rows = work()
            except Exception as error:
                signal.alarm(0)
                failed.append(name)
                say(
                    f"  {name} FAILED after {time.monotonic() - started_at:.0f} s: "
                    f"{type(error).__name__}: {error}"
                )
                traceback.print_exc()
                database.restore()
                continue
            signal.alarm(0)
            busy = [row_of_part["others"] for row_of_part in rows if "others" in row_of_part]
            rows = [
                {"others": max(busy), **row_of_part} if busy else row_of_part
                for row_of_part in rows
            ]
            show(rows)
            say(f"  {name}: {time.monotonic() - started_at:.0f} s")
            keep(rows)
    return failed


def _raise_late(*_):
    raise Late("took too long")


def store_rows(rows):
    """Store the rows of a part in bench/live.json, replacing its earlier ones."""
    earlier = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    measured_parts = {row["part"] for row in rows}
    merged = [*(row for row in earlier if row["part"] not in measured_parts), *rows]
    RESULTS.write_text(json.dumps(merged, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--within",
        type=float,
        default=40,
        help="minutes in which all must be measured; what finds no time is left out",
    )
    parser.add_argument(
        "--minutes", type=float, default=10, help="how long the rehearsal of ninety minutes takes"
    )
    parser.add_argument("--folder", help="where the rehearsal puts its minutes and the comparison")
    parser.add_argument(
        "--before-others",
        action="store_true",
        help="as root: let the work of others on this machine wait",
    )
    arguments = parser.parse_args()
    os.environ["BENCH_BEFORE_OTHERS"] = str(int(arguments.before_others))
    raise_priority([os.getpid()])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    names = {ALSO.get(name, name) for name in arguments.parts}
    print("       tỷ số (mục tiêu)      của ta    đối chứng  đơn vị  phép đo")
    keep = store_rows if arguments.size == SIZE else lambda rows: None
    failed = measure_parts(
        arguments.size,
        arguments.rounds,
        names,
        arguments.within,
        keep,
        minutes=arguments.minutes,
        folder=arguments.folder,
    )
    if failed:
        print(f"✗ not measured: {', '.join(failed)} (their earlier rows stay)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
