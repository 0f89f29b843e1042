"""All clients are disconnected at once and reconnect within five seconds while frames are sent:
none may miss a frame or get one twice.
"""

import time
from contextlib import ExitStack, closing
from statistics import median

from bench.live.entries import open_side
from bench.live.generators import Lines
from bench.live.ground import Hall, Product
from bench.live.machine import OtherLoad, process_tree, user_bytes
from bench.live.processes import raise_priority
from bench.live.rivals import Nchan
from bench.live.table import row, say, zero_row

OVER, PATIENCE, BETWEEN = 5, 60, 0.2


def herd(database, size, rounds):
    """Rows of the part."""
    hall = Hall(size)
    with ExitStack() as stack:
        product, nchan = (
            stack.enter_context(closing(Product(hubs=2))),
            stack.enter_context(closing(Nchan())),
        )
        credentials = hall.tokens, hall.cookie
        sides = []
        for name, server, path, publish, roots in (
            ("ours", product, hall.path, hall.publish, product.roots()),
            ("nchan", nchan, nchan.path, nchan.publish, nchan.roots),
        ):
            side, _cost = open_side(
                name,
                server,
                lambda n=name, s=server, p=path: Lines(f"herd-{n}", size, s.ports, p, *credentials),
                publish,
                roots,
            )
            stack.callback(side.lines.close)
            sides.append(side)
        raise_priority(process_tree(database.roots))
        measured = [[_reconnect_all(side, size) for side in sides] for _ in range(rounds)]
    own, rival = [result[0] for result in measured], [result[1] for result in measured]
    label = f"{size:,} máy cùng mất đường dây, vào lại trong {OVER} giây, khung vẫn đi"
    median_load = median(result["others"] for result in own)
    return [
        zero_row(
            "herd",
            f"{label}: khung mất, lặp, máy không vào lại được",
            sum(result["wrong"] for result in own),
        ),
        row(
            "herd",
            f"{label}: p99 tới lúc vào lại / nchan",
            [result["p99"] for result in own],
            [result["p99"] for result in rival],
            0.5,
            others=median_load,
        ),
        row(
            "herd",
            f"{label}: bộ nhớ cao nhất / trước đó",
            [result["most"] / 2**20 for result in own],
            [result["before"] / 2**20 for result in own],
            1.5,
            "MiB",
        ),
    ]


def _reconnect_all(side, size):
    before, most, first, other_load = (
        user_bytes(side.roots),
        0,
        side.v + 1,
        OtherLoad([*side.roots, side.lines.process.pid]),
    )
    side.frame()
    cutting = side.lines.drop(OVER)
    started_at, back = time.monotonic(), 0
    while (
        time.monotonic() - started_at < OVER
        or back < size
        and time.monotonic() - started_at < PATIENCE
    ):
        side.publish_next()
        time.sleep(BETWEEN)
        most = max(most, user_bytes(side.roots))
        back = side.lines.return_times(size, 0)["back"]
    times = side.lines.return_times(size, 1)
    side.frame()
    check = side.lines.check(first, side.v)
    wrong = (
        check["missing"]
        + check["gaps"]
        + check["doubles"]
        + check["disagree"]
        + size
        - times["open"]
    )
    say(
        f"  {side.name}: cut in {cutting:.3f} s, back p50 {times['p50']:.3f} s, p99 "
        f"{times['p99']:.3f} s, last {times['last']:.2f} s, wrong {wrong} in "
        f"{side.v - first + 1} frames, memory {before / 2**20:.0f} → {most / 2**20:.0f} "
        f"MiB"
    )
    return {**times, "wrong": wrong, "before": before, "most": most, "others": other_load.share()}
