"""Five clients that never read beside two hundred that do: the latter must not be slowed down, and
the buffers for the former must be bounded.
"""

import time
from contextlib import ExitStack, closing

from bench.live.entries import open_side
from bench.live.generators import Lines, quantile
from bench.live.ground import Hall, Product
from bench.live.machine import OtherLoad, process_tree, user_bytes
from bench.live.processes import raise_priority
from bench.live.rivals import Nchan
from bench.live.table import row, say, zero_row

READERS, DEAF, FRAMES, LENGTH, WITHIN = 200, 5, 120, 100_000, 0.05


def deaf(database, _size, _rounds):
    """Rows of the part."""
    number = READERS + DEAF
    hall = Hall(number)
    with ExitStack() as stack:
        product, nchan = (
            stack.enter_context(closing(Product(hubs=1))),
            stack.enter_context(closing(Nchan(workers=1))),
        )
        results = {}
        for name, server, path, publish, roots in (
            ("ours", product, hall.path, hall.publish, product.roots()),
            ("nchan", nchan, nchan.path, nchan.publish, nchan.roots),
        ):
            side, _cost = open_side(
                name,
                server,
                lambda n=name, s=server, p=path: Lines(
                    f"deaf-{n}", number, s.ports, p, hall.tokens, hall.cookie, deaf=DEAF
                ),
                publish,
                roots,
            )
            stack.callback(side.lines.close)
            raise_priority(process_tree(database.roots))
            results[name] = _send_frames(side)
    own, rival = results["ours"], results["nchan"]
    label = (
        f"{READERS} máy đọc cạnh {DEAF} máy không bao giờ đọc, {FRAMES} khung {LENGTH // 1000} KB"
    )
    allowed = FRAMES * LENGTH * 1.25 / 2**20  # the frames themselves, kept for who comes back
    return [
        zero_row("deaf", f"{label}: khung mất hay lặp ở máy đọc", own["wrong"]),
        row(
            "deaf",
            f"{label}: khung tới máy đọc chậm nhất, p99 / {WITHIN * 1000:.0f} ms (nchan: "
            f"{rival['p99'] * 1000:.0f} ms)",
            own["p99"],
            WITHIN,
            1,
            others=own["others"],
        ),
        row(
            "deaf",
            f"{label}: lần chậm nhất trong tất cả / {WITHIN * 1000:.0f} ms (nchan: "
            f"{rival['last'] * 1000:.0f} ms)",
            own["last"],
            WITHIN,
            1,
            others=own["others"],
        ),
        row(
            "deaf",
            f"{label}: bộ nhớ tăng / các khung đang giữ",
            own["grown"] / 2**20,
            allowed,
            1,
            "MiB",
        ),
    ]


def _send_frames(side):
    before, slowest, first, other_load = (
        user_bytes(side.roots),
        [],
        side.v + 1,
        OtherLoad([*side.roots, side.lines.process.pid]),
    )
    for _ in range(FRAMES):
        at = side.publish_next(LENGTH)
        side.lines.wait(side.v, READERS)
        slowest.append(side.lines.arrival_times(side.v, at)["last"])
        time.sleep(0.05)
    check = side.lines.check(first, side.v)
    result = {
        "p99": quantile(slowest, 0.99),
        "last": max(slowest),
        "grown": user_bytes(side.roots) - before,
        "wrong": check["missing"] + check["gaps"] + check["doubles"],
        "others": other_load.share(),
    }
    say(
        f"  {side.name}: p50 {quantile(slowest, 0.5) * 1e3:.1f} ms, p99 "
        f"{result['p99'] * 1e3:.1f} ms, last {result['last'] * 1e3:.1f} ms, memory "
        f"+{result['grown'] / 2**20:.1f} MiB, wrong {result['wrong']}"
    )
    return result
