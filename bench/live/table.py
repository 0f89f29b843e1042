"""Rows of the table: ours, the rival's (or what is allowed), their ratio, the goal, whether it
is reached.
"""

import sys
from statistics import median

from bench.measure import met


def say(text):
    print(text, file=sys.stderr, flush=True)


def row(part, name, ours, rival, goal, unit="s", memory=0, **more):
    """`ours` / `rival` against `goal`; pairs of equal length are rounds, of which the median
    ratio counts. Goal None: only told.
    """
    pairs = list(zip(ours, rival, strict=True)) if isinstance(ours, list) else [(ours, rival)]
    ratio = median(mine / other if other else float(bool(mine)) for mine, other in pairs)
    found = {
        "part": part,
        "name": name,
        "ours": _short(median(mine for mine, _o in pairs)),
        "rival": _short(median(other for _m, other in pairs)),
        "ratio": round(ratio, 3),
        "goal": f"≤ {goal:g}" if goal is not None else "",
        "unit": unit,
        "memory_mib": memory,
        **more,
    }
    return found | {"reached": met(found) if goal is not None else None}


def none(part, name, number, **more):
    """A row whose number must be nought."""
    return row(part, name, number, 1, 0, unit="", **more)


def told(part, name, value, unit, **more):
    """A row that is only told."""
    return row(part, name, value, value, None, unit, **more) | {"rival": None}


def _short(value):
    return round(value, 5) if isinstance(value, float) else value


def show(rows):
    for one in rows:
        mark = {True: "✓", False: "✗", None: " "}[one["reached"]]
        goal = f"({one['goal']})" if one["goal"] else ""
        against = (
            f"{one['ratio']:>8.3f} {goal:>8} {one['ours']:>11,} {one['rival']:>11,}"
            if one["rival"] is not None
            else f"{'':>17} {one['ours']:>11,} {'':>11}"
        )
        print(f"{mark} {against} {one['unit']:<7} {one['name']}", flush=True)
