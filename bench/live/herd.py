"""All clients are cut at once and come back within five seconds, while frames go on: none may
miss or double one.
"""

import time
from contextlib import ExitStack, closing
from statistics import median

from bench.live.entries import opened
from bench.live.generators import Lines
from bench.live.ground import Hall, Product
from bench.live.machine import Others, tree, user_bytes
from bench.live.processes import prefer
from bench.live.rivals import Nchan
from bench.live.table import none, row, say

OVER, PATIENCE, BETWEEN = 5, 60, 0.2


def herd(database, size, rounds):
    """Rows of the part."""
    hall = Hall(size)
    with ExitStack() as stack:
        ours, nchan = (
            stack.enter_context(closing(Product(hubs=2))),
            stack.enter_context(closing(Nchan())),
        )
        shown = hall.tokens, hall.cookie
        sides = []
        for name, server, path, publish, roots in (
            ("ours", ours, hall.path, hall.publish, ours.roots()),
            ("nchan", nchan, nchan.path, nchan.publish, nchan.roots),
        ):
            side, _cost = opened(
                name,
                server,
                lambda n=name, s=server, p=path: Lines(f"herd-{n}", size, s.ports, p, *shown),
                publish,
                roots,
            )
            stack.callback(side.lines.close)
            sides.append(side)
        prefer(tree(database.roots))
        measured = [[_stampede(side, size) for side in sides] for _ in range(rounds)]
    mine, its = [one[0] for one in measured], [one[1] for one in measured]
    what = f"{size:,} máy cùng mất đường dây, vào lại trong {OVER} giây, khung vẫn đi"
    others = median(one["others"] for one in mine)
    return [
        none(
            "herd",
            f"{what}: khung mất, lặp, máy không vào lại được",
            sum(one["wrong"] for one in mine),
        ),
        row(
            "herd",
            f"{what}: p99 tới lúc vào lại / nchan",
            [one["p99"] for one in mine],
            [one["p99"] for one in its],
            0.5,
            others=others,
        ),
        row(
            "herd",
            f"{what}: bộ nhớ cao nhất / trước đó",
            [one["most"] / 2**20 for one in mine],
            [one["before"] / 2**20 for one in mine],
            1.5,
            "MiB",
        ),
    ]


def _stampede(side, size):
    before, most, first, others = (
        user_bytes(side.roots),
        0,
        side.v + 1,
        Others([*side.roots, side.lines.process.pid]),
    )
    side.frame()
    cutting = side.lines.drop(OVER)
    began, back = time.monotonic(), 0
    while time.monotonic() - began < OVER or back < size and time.monotonic() - began < PATIENCE:
        side.publish_next()
        time.sleep(BETWEEN)
        most = max(most, user_bytes(side.roots))
        back = side.lines.back(size, 0)["back"]
    found = side.lines.back(size, 1)
    side.frame()
    check = side.lines.check(first, side.v)
    wrong = (
        check["missing"]
        + check["gaps"]
        + check["doubles"]
        + check["disagree"]
        + size
        - found["open"]
    )
    say(
        f"  {side.name}: cut in {cutting:.3f} s, back p50 {found['p50']:.3f} s, p99 "
        f"{found['p99']:.3f} s, last {found['last']:.2f} s, wrong {wrong} in "
        f"{side.v - first + 1} frames, memory {before / 2**20:.0f} → {most / 2**20:.0f} "
        f"MiB"
    )
    return {**found, "wrong": wrong, "before": before, "most": most, "others": others.share()}
