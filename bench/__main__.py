"""python -m bench [--small]: measure, print the table, write bench/results.json."""

import json
import sys
from pathlib import Path

from bench.ground import prepare, say

RESULTS = Path(__file__).parent / "results.json"


def main():
    prepare()
    from bench import figures

    rows = []
    for title, work in (
        ("figures of one year", figures.one_year),
        ("a whole report", figures.whole_report),
        ("ten years", lambda: figures.ten_years(3_000_000 if "--small" in sys.argv else 30_000_000)),
    ):
        say(title)
        found = work()
        rows += found if isinstance(found, list) else [found]
    for row in rows:
        print(f"{row['name']:<100} ours {row['ours']:>9} s  rival {row['rival']:>9} s  ratio {row['ratio']:>7}  goal {row['goal']}  {row['memory_mib']} MiB")
    if "--small" not in sys.argv:
        RESULTS.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


main()
