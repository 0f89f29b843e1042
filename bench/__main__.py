"""python -m bench [--small]: measure, print the table, write bench/results.json (not when small)."""

import json
import sys
from pathlib import Path

from bench.ground import prepare, say
from bench.measure import met

RESULTS = Path(__file__).parent / "results.json"


def measured(small):
    """All rows of the table."""
    from bench.figures import one_year, ten_years
    from bench.lists import lists
    from bench.report import whole_report

    million = 100_000 if small else 1_000_000
    found = []
    for title, work in (
        ("lists of the register", lambda: lists((1_000, 5_500 if small else 55_000, million))),
        ("figures of one year", lambda: one_year(million)),
        ("a whole report", lambda: whole_report(million)),
        ("ten years", lambda: ten_years(million if small else 30_000_000)),
    ):
        say(title)
        found += work()
    return found


def main(small):
    """Measure on a fresh database, print, and remove it. Small: a tenth of the rows (a thirtieth of the thirty million), the same measures, in about two minutes."""
    remove = prepare()
    try:
        found = measured(small)
    finally:
        remove()
    for row in found:
        print(
            f"{'✓' if met(row) else '✗'} {row['ratio']:>7.2f} ({row['goal']:>6})  {row['ours'] * 1000:>9.1f} ms "
            f"{row['rival'] * 1000:>9.1f} ms  {row['memory_mib']:>4} MiB  {row['name']}"
        )
    if not small:
        RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


main("--small" in sys.argv)
