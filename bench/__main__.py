"""python -m bench [--small] [lists names petitions year report import verify deadlines recount
choices groups ten]: measure, print the table, write bench/results.json. `load` is measured alone,
on servers of its own (bench/load.py); the names behind it are those of its parts.

--small: a tenth of the rows or less, the same measures, in about two minutes; nothing is written.
With the names of parts, only these are measured, and their rows replace the earlier ones.
"""

import json
import sys
from pathlib import Path

from bench.ground import prepare, say
from bench.measure import reaches_goal

RESULTS = Path(__file__).parent / "results.json"


def parts(small):
    """{name: function that measures it and returns rows}, in the order of the data they need."""
    from bench.choices import LARGE as HOUSEHOLDS
    from bench.choices import SMALL as FEW_HOUSEHOLDS
    from bench.choices import choices
    from bench.deadlines import deadlines
    from bench.figures import one_year, ten_years
    from bench.groups import LARGE, SMALL, groups
    from bench.imports import imports
    from bench.lists import lists
    from bench.names import names
    from bench.petitions import petitions
    from bench.recount import recount
    from bench.report import whole_report
    from bench.verify import verify

    million = 100_000 if small else 1_000_000
    return {
        "lists": lambda: lists((1_000, 5_500 if small else 55_000, million)),
        "names": lambda: names((1_000, million)),
        "petitions": lambda: petitions((1_000, million)),
        "year": lambda: one_year(million),
        "report": lambda: whole_report(million),
        "import": lambda: imports(10_000 if small else 100_000, million),
        "verify": lambda: verify(million),
        "deadlines": lambda: deadlines(million),
        "recount": lambda: recount(million),
        "choices": lambda: choices(FEW_HOUSEHOLDS if small else HOUSEHOLDS),
        "groups": lambda: groups(*(SMALL if small else LARGE)),
        "ten": lambda: ten_years(million if small else 30_000_000),
    }


def measure_parts(small, names, keep):
    """The rows of the table, measured on a fresh database that is removed at the end; `keep(rows)`
    takes those of each part as soon as they are measured, so that a later failure loses none.
    """
    remove, rows = prepare(), []
    try:
        for name, work in parts(small).items():
            if not names or name in names:
                say(name)
                rows += work()
                keep(rows)
    finally:
        remove()
    return rows


def keep_results(rows):
    """Replace the rows of these names in bench/results.json."""
    earlier = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    by_name = {row["name"]: row for row in [*earlier, *rows]}
    write_results(list(by_name.values()))


def write_results(rows):
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    RESULTS.write_text(f"{text}\n", encoding="utf-8")


def show(rows):
    for row in rows:
        print(
            f"{'✓' if reaches_goal(row) else '✗'} {row['ratio']:>7.2f} ({row['goal']:>6}) "
            f"{row['ours']:>9.4f} {row['rival']:>9.4f} "
            f"{row['memory_mib']:>5} MiB  {row['name']}"
        )


def main(arguments):
    small, names = "--small" in arguments, [name for name in arguments if not name.startswith("-")]
    print("  tỷ số (mục tiêu)     của ta, đối chứng (giây)  bộ nhớ    phép đo")
    keep = (lambda rows: None) if small else keep_results
    if names[:1] == ["load"]:
        from bench.load import load

        show(load(names[1:], small, keep))
        return
    rows = measure_parts(small, names, keep)
    show(rows)
    if not small and not names:  # a row that is not measured any more goes
        write_results(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
