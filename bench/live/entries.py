"""All clients connecting at once, and one frame sent to all: our hubs, nginx with nchan, and NATS
in one run.

All servers have their connections open at the same time and send each frame in turn, so that other
work on the machine affects all alike. A server's CPU is that of all its processes, PostgreSQL
included for ours; the generator's is reported apart.
"""

import time
from contextlib import ExitStack, closing
from statistics import median

from bench.live.generators import Lines
from bench.live.ground import Hall, Product
from bench.live.machine import CpuClock, OtherLoad, process_tree, user_bytes
from bench.live.processes import raise_priority
from bench.live.rivals import Nats, Nchan
from bench.live.table import info_row, row, say, zero_row

FRAMES, PAUSE = 8, 0.25
WITHIN = 30


class Side:
    """One server with all its connections open."""

    def __init__(self, name, server, lines, publish, roots):
        self.name, self.server, self.lines, self.publish, self.roots, self.v = (
            name,
            server,
            lines,
            publish,
            roots,
            0,
        )

    def publish_next(self, length=270):
        """Publish a frame of `length` characters; when, in microseconds since 1970."""
        from danchu.conference.writes.frames import frame_body

        self.v += 1
        return self.publish(self.v, frame_body(self.v, {"note": "x" * length}))

    def frame(self):
        """Send one frame to all: {"first", "p50", "p99", "last", "cpu", "generator"} in seconds."""
        server_clock, generator_clock = CpuClock(self.roots), CpuClock([self.lines.process.pid])
        at = self.publish_next()
        self.lines.wait(self.v)
        time.sleep(0.05)
        return {
            "cpu": server_clock.seconds(),
            "generator": generator_clock.seconds(),
            **self.lines.arrival_times(self.v, at),
        }


def open_side(name, server, lines, publish, roots):
    """(Side, the cost of opening: {"open", "failed", "seconds", "cpu", "others", "bytes"})"""
    before = user_bytes(server.roots() if callable(server.roots) else server.roots)
    clock, other_load = CpuClock(roots), OtherLoad(roots)
    opened_lines = lines()
    cost = opened_lines.open(90)
    cost |= {"cpu": clock.seconds(), "others": other_load.share()}
    time.sleep(1)
    cost["bytes"] = (
        user_bytes(server.roots() if callable(server.roots) else server.roots) - before
    ) / max(1, cost["open"])
    say(
        f"  {name}: {cost['open']:,} open after {cost['seconds']:.2f} s, "
        f"{cost['failed']} failed, {cost['bytes'] / 1024:.2f} KiB each, others "
        f"{cost['others']:.0%}"
    )
    return Side(name, server, opened_lines, publish, roots), cost


def entries_and_fanout(database, size, rounds, tls=False):
    """Rows of the parts `entries` and `fanout` (or `tls`)."""
    hall, kind = Hall(size), " (TLS)" if tls else ""
    with ExitStack() as stack:
        product = stack.enter_context(closing(Product(hubs=2, tls=tls)))
        nchan = stack.enter_context(closing(Nchan(workers=2, tls=tls)))
        credentials = hall.tokens, hall.cookie
        server_roots = [*product.roots(), *database.roots]
        side, own_cost = open_side(
            "ours" + kind,
            product,
            lambda: Lines("ours", size, product.ports, hall.path, *credentials, tls=tls),
            hall.publish,
            server_roots,
        )
        stack.callback(side.lines.close)
        own_cost["durable"] = _durable(hall, size)
        nchan_side, nchan_cost = open_side(
            "nchan" + kind,
            nchan,
            lambda: Lines("nchan", size, nchan.ports, nchan.path, *credentials, tls=tls),
            nchan.publish,
            nchan.roots,
        )
        stack.callback(nchan_side.lines.close)
        raise_priority(process_tree(database.roots))
        sides = [side, nchan_side]
        if not tls:
            nats = stack.enter_context(closing(Nats()))
            third, _cost = open_side(
                "nats",
                nats,
                lambda: Lines("nats", size, nats.ports, nats.path, *credentials, nats=True),
                nats.publish,
                nats.roots,
            )
            stack.callback(third.lines.close)
            sides.append(third)
        measured = [
            _round(sides) for _ in range(2 * rounds)
        ]  # quick ones, and the sides are near each other
        median_load = median(entry["others"] for entry in measured)
        checks = {entry.name: entry.lines.check(1, entry.v) for entry in sides}
    part = "tls" if tls else "fanout"
    rows = _entry_rows(size, own_cost, nchan_cost, part if tls else "entries", kind)
    for key, unit, name in (("p99", "s", "p99"), ("cpu", "CPU s", "CPU của máy chủ")):
        rows += [
            _row_against(
                part,
                measured,
                key,
                unit,
                f"một khung tới {size:,} máy{kind}, {name}",
                sides[n],
                goal,
                median_load,
            )
            for n, goal in _goals(sides)
        ]
    check = checks[side.name]
    frames_lost = check["missing"] + check["gaps"] + check["doubles"] + check["disagree"]
    rows.append(
        zero_row(
            part,
            f"khung mất, lặp, sai thứ tự hay sai số ở {size:,} máy × {side.v} khung{kind}",
            frames_lost,
        )
    )
    rows.append(
        info_row(
            part,
            f"một khung: CPU của máy phát tải, phía ta{kind}",
            median(entry[side.name]["generator"] for entry in measured),
            "CPU s",
        )
    )
    return rows


def _goals(sides):
    """[(index of the rival, goal)]: the goal is against nchan; NATS is reported without one."""
    return [(n, 1.0 if n == 1 else None) for n in range(1, len(sides))]


def _round(sides):
    """{name: medians over the frames of one round}, and the load of other work as "others"."""
    frames_by_side, other_load = (
        {side.name: [] for side in sides},
        OtherLoad([root for side in sides for root in [*side.roots, side.lines.process.pid]]),
    )
    for _ in range(FRAMES):
        for side in sides:
            frames_by_side[side.name].append(side.frame())
            time.sleep(PAUSE)
    medians = {
        name: {key: median(frame[key] for frame in frames) for key in frames[0]}
        for name, frames in frames_by_side.items()
    }
    medians["others"] = other_load.share()
    say(
        "  "
        + "; ".join(
            f"{side.name} first {medians[side.name]['first'] * 1000:.1f} ms, p99 "
            f"{medians[side.name]['p99']:.3f} s, {medians[side.name]['cpu']:.3f} CPU s"
            for side in sides
        )
        + f"; others {medians['others']:.0%}"
    )
    return medians


def _row_against(part, measured, key, unit, name, rival, goal, other_load):
    own_name = next(iter(measured[0]))
    own, rival_values = (
        [round_result[own_name][key] for round_result in measured],
        [round_result[rival.name][key] for round_result in measured],
    )
    return row(part, f"{name} / {rival.name}", own, rival_values, goal, unit, others=other_load)


def _entry_rows(size, own, rival, part, kind):
    failed = own["failed"] + own["refused"] + size - own["open"]
    return [
        row(
            part,
            f"{size:,} người vào hai hub bằng mã riêng{kind}, xong hết / {WITHIN} giây",
            own["seconds"],
            WITHIN,
            1,
            others=own["others"],
        ),
        row(
            part,
            f"{size:,} người vào{kind}, có mặt đã ghi bền / {WITHIN} giây",
            own["durable"] + own["seconds"],
            WITHIN,
            1,
        ),
        zero_row(part, f"người không vào được, trong {size:,}{kind}", failed),
        row(
            part,
            f"bộ nhớ mỗi đường dây{kind} / nchan",
            own["bytes"] / 1024,
            rival["bytes"] / 1024,
            None if kind else 0.25,
            "KiB",
        ),
        row(part, f"CPU để mọi người vào{kind} / nchan", own["cpu"], rival["cpu"], None, "CPU s"),
    ]


def _durable(hall, size):
    """Seconds until every connection has its row in the database."""
    from danchu.conference.models import Line

    began = time.monotonic()
    while (
        Line.objects.filter(pass_in__conference=hall.conference).count() < size
        and time.monotonic() - began < 30
    ):
        time.sleep(0.05)
    return time.monotonic() - began
