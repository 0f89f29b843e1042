"""Rows of the table: ours, the rival's (or the limit), their ratio, the goal, whether it is
reached.
"""

import sys
from statistics import median

from bench.measure import reaches_goal


def say(text):
    print(text, file=sys.stderr, flush=True)


def row(part, name, ours, rival, goal, unit="s", memory=0, **more):
    """A row for `ours` / `rival` against `goal` (None: reported only). Lists of equal length are
    rounds, of which the median ratio counts.
    """
    pairs = list(zip(ours, rival, strict=True)) if isinstance(ours, list) else [(ours, rival)]
    ratio = median(
        own / rival_value if rival_value else float(bool(own)) for own, rival_value in pairs
    )
    row_of_table = {
        "part": part,
        "name": name,
        "ours": _short(median(own for own, _o in pairs)),
        "rival": _short(median(rival_value for _m, rival_value in pairs)),
        "ratio": round(ratio, 3),
        "goal": f"≤ {goal:g}" if goal is not None else "",
        "unit": unit,
        "memory_mib": memory,
        **more,
    }
    return row_of_table | {"reached": reaches_goal(row_of_table) if goal is not None else None}


def zero_row(part, name, number, **more):
    """A row whose number must be 0."""
    return row(part, name, number, 1, 0, unit="", **more)


def info_row(part, name, value, unit, **more):
    """A row that is reported without a goal."""
    return row(part, name, value, value, None, unit, **more) | {"rival": None}


def _short(value):
    return round(value, 5) if isinstance(value, float) else value


def show(rows):
    for line in rows:
        mark = {True: "✓", False: "✗", None: " "}[line["reached"]]
        goal = f"({line['goal']})" if line["goal"] else ""
        against = (
            f"{line['ratio']:>8.3f} {goal:>8} {line['ours']:>11,} {line['rival']:>11,}"
            if line["rival"] is not None
            else f"{'':>17} {line['ours']:>11,} {'':>11}"
        )
        print(f"{mark} {against} {line['unit']:<7} {line['name']}", flush=True)
