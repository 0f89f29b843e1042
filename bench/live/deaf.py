"""Five clients never read, two hundred do: these must not notice, and what waits for the deaf
must not grow without bound.
"""

import time
from contextlib import ExitStack, closing

from bench.live.entries import opened
from bench.live.generators import Lines, part
from bench.live.ground import Hall, Product
from bench.live.machine import Others, tree, user_bytes
from bench.live.processes import prefer
from bench.live.rivals import Nchan
from bench.live.table import none, row, say

READERS, DEAF, FRAMES, LENGTH, WITHIN = 200, 5, 120, 100_000, 0.05


def deaf(database, _size, _rounds):
    """Rows of the part."""
    number = READERS + DEAF
    hall = Hall(number)
    with ExitStack() as stack:
        ours, nchan = (
            stack.enter_context(closing(Product(hubs=1))),
            stack.enter_context(closing(Nchan(workers=1))),
        )
        found = {}
        for name, server, path, publish, roots in (
            ("ours", ours, hall.path, hall.publish, ours.roots()),
            ("nchan", nchan, nchan.path, nchan.publish, nchan.roots),
        ):
            side, _cost = opened(
                name,
                server,
                lambda n=name, s=server, p=path: Lines(
                    f"deaf-{n}", number, s.ports, p, hall.tokens, hall.cookie, deaf=DEAF
                ),
                publish,
                roots,
            )
            stack.callback(side.lines.close)
            prefer(tree(database.roots))
            found[name] = _frames(side)
    mine, its = found["ours"], found["nchan"]
    what = (
        f"{READERS} máy đọc cạnh {DEAF} máy không bao giờ đọc, {FRAMES} khung {LENGTH // 1000} KB"
    )
    allowed = FRAMES * LENGTH * 1.25 / 2**20  # the frames themselves, kept for who comes back
    return [
        none("deaf", f"{what}: khung mất hay lặp ở máy đọc", mine["wrong"]),
        row(
            "deaf",
            f"{what}: khung tới máy đọc chậm nhất, p99 / {WITHIN * 1000:.0f} ms (nchan: "
            f"{its['p99'] * 1000:.0f} ms)",
            mine["p99"],
            WITHIN,
            1,
            others=mine["others"],
        ),
        row(
            "deaf",
            f"{what}: lần chậm nhất trong tất cả / {WITHIN * 1000:.0f} ms (nchan: "
            f"{its['last'] * 1000:.0f} ms)",
            mine["last"],
            WITHIN,
            1,
            others=mine["others"],
        ),
        row(
            "deaf",
            f"{what}: bộ nhớ tăng / các khung đang giữ",
            mine["grown"] / 2**20,
            allowed,
            1,
            "MiB",
        ),
    ]


def _frames(side):
    before, lasts, first, others = (
        user_bytes(side.roots),
        [],
        side.v + 1,
        Others([*side.roots, side.lines.process.pid]),
    )
    for _ in range(FRAMES):
        at = side.publish_next(LENGTH)
        side.lines.wait(side.v, READERS)
        lasts.append(side.lines.came(side.v, at)["last"])
        time.sleep(0.05)
    check = side.lines.check(first, side.v)
    found = {
        "p99": part(lasts, 0.99),
        "last": max(lasts),
        "grown": user_bytes(side.roots) - before,
        "wrong": check["missing"] + check["gaps"] + check["doubles"],
        "others": others.share(),
    }
    say(
        f"  {side.name}: p50 {part(lasts, 0.5) * 1e3:.1f} ms, p99 "
        f"{found['p99'] * 1e3:.1f} ms, last {found['last'] * 1e3:.1f} ms, memory "
        f"+{found['grown'] / 2**20:.1f} MiB, wrong {found['wrong']}"
    )
    return found
