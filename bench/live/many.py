"""As many lines as this machine holds, over several hubs: opened, served, and the largest
number that still hears within two seconds.
"""

import time
from contextlib import ExitStack, closing
from statistics import median

from bench.live.generators import MOST_A_PROCESS, Lines
from bench.live.ground import Hall, Product
from bench.live.machine import Others, user_bytes
from bench.live.table import none, row, say, told

GOAL, WITHIN, FRAMES, PATIENCE = 100_000, 2.0, 3, 20.0


def many(database, size, _rounds):
    """Rows of the part: four steps to the goal, and two beyond."""
    from danchu.conference.writes.frames import frame_body

    goal = GOAL if size >= 20_000 else size * 4
    step = goal // 4
    hall, v, groups, held, found = Hall(step), 0, [], 0, {}
    with ExitStack() as stack:
        product = stack.enter_context(
            closing(Product(hubs=-(-goal * 3 // 2 // MOST_A_PROCESS) + 1))
        )
        before, others = user_bytes(product.roots()), Others([*product.roots(), *database.roots])
        for place in range(6):
            lines = stack.enter_context(
                closing(
                    Lines(f"many-{place}", step, product.ports, hall.path, hall.tokens, hall.cookie)
                )
            )
            opened = lines.open(90)
            groups.append(lines)
            held += opened["open"]
            time.sleep(1.5)
            slowest = []
            for _ in range(FRAMES):
                v += 1
                at = hall.publish(v, frame_body(v, {"note": "x" * 270}))
                got = sum(one.wait(v, seconds=PATIENCE) for one in groups)
                came = [one.came(v, at) for one in groups]
                slowest.append(max(one["p99"] for one in came) if got == held else PATIENCE)
                time.sleep(0.3)
            found[held] = median(slowest)
            say(
                f"  {held:,} lines: p99 {found[held]:.2f} s, memory "
                f"{(user_bytes(product.roots()) - before) / 2**20:.0f} MiB, failed "
                f"{opened['failed']}"
            )
            if found[held] > WITHIN and held >= goal:
                break
        wrong = sum(
            one.stat()[what] for one in groups for what in ("gaps", "doubles", "disagree", "cut")
        )
        share = others.share()
    at_goal = min((number for number in found if number >= goal), default=max(found))
    largest = max((number for number, p99 in found.items() if p99 <= WITHIN), default=0)
    return [
        row(
            "many",
            f"{goal:,} đường dây trên nhiều hub: số không mở được",
            goal - min(goal, max(found)),
            1,
            0,
            "",
        ),
        none("many", "khung mất, lặp, sai số, đường dây đứt", wrong),
        row(
            "many",
            f"{at_goal:,} đường dây: một khung tới 99 % máy / {WITHIN:.0f} giây",
            found[at_goal],
            WITHIN,
            1,
            others=share,
        ),
        told("many", f"số đường dây lớn nhất đã đo mà p99 còn dưới {WITHIN:.0f} giây", largest, ""),
    ]
