"""As many connections as the machine holds, over several hubs, and the largest number that gets a
frame within two seconds.
"""

import time
from contextlib import ExitStack, closing
from statistics import median

from bench.live.generators import MOST_A_PROCESS, Lines
from bench.live.ground import Hall, Product
from bench.live.machine import OtherLoad, user_bytes
from bench.live.table import info_row, row, say, zero_row

GOAL, WITHIN, FRAMES, PATIENCE = 100_000, 2.0, 3, 20.0


def most_lines(database, size, _rounds):
    """Rows of the part: four steps to the goal, and two beyond."""
    from danchu.conference.writes.frames import frame_body

    goal = GOAL if size >= 20_000 else size * 4
    step = goal // 4
    hall, v, groups, open_lines, p99_of_number = Hall(step), 0, [], 0, {}
    with ExitStack() as stack:
        product = stack.enter_context(
            closing(Product(hubs=-(-goal * 3 // 2 // MOST_A_PROCESS) + 1))
        )
        before, other_load = (
            user_bytes(product.roots()),
            OtherLoad([*product.roots(), *database.roots]),
        )
        for place in range(6):
            lines = stack.enter_context(
                closing(
                    Lines(f"many-{place}", step, product.ports, hall.path, hall.tokens, hall.cookie)
                )
            )
            opening = lines.open(90)
            groups.append(lines)
            open_lines += opening["open"]
            time.sleep(1.5)
            slowest = []
            for _ in range(FRAMES):
                v += 1
                published_at = hall.publish(v, frame_body(v, {"note": "x" * 270}))
                received = sum(group.wait(v, seconds=PATIENCE) for group in groups)
                arrivals = [group.arrival_times(v, published_at) for group in groups]
                slowest.append(
                    max(group["p99"] for group in arrivals) if received == open_lines else PATIENCE
                )
                time.sleep(0.3)
            p99_of_number[open_lines] = median(slowest)
            say(
                f"  {open_lines:,} lines: p99 {p99_of_number[open_lines]:.2f} s, memory "
                f"{(user_bytes(product.roots()) - before) / 2**20:.0f} MiB, failed "
                f"{opening['failed']}"
            )
            if p99_of_number[open_lines] > WITHIN and open_lines >= goal:
                break
        wrong = sum(
            group.stat()[key] for group in groups for key in ("gaps", "doubles", "disagree", "cut")
        )
        share = other_load.share()
    at_goal = min(
        (number for number in p99_of_number if number >= goal), default=max(p99_of_number)
    )
    largest = max((number for number, p99 in p99_of_number.items() if p99 <= WITHIN), default=0)
    return [
        row(
            "most_lines",
            f"{goal:,} đường dây trên nhiều hub: số không mở được",
            goal - min(goal, max(p99_of_number)),
            1,
            0,
            "",
        ),
        zero_row("many", "khung mất, lặp, sai số, đường dây đứt", wrong),
        row(
            "most_lines",
            f"{at_goal:,} đường dây: một khung tới 99 % máy / {WITHIN:.0f} giây",
            p99_of_number[at_goal],
            WITHIN,
            1,
            others=share,
        ),
        info_row(
            "many", f"số đường dây lớn nhất đã đo mà p99 còn dưới {WITHIN:.0f} giây", largest, ""
        ),
    ]
