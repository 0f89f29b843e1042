"""All enter at once with their credentials, and one frame to all: ours, nginx with nchan, NATS,
side by side in one run.

All servers hold their lines at the same time and each frame is sent by one after the other, so that
the work of others on this machine falls on all alike. A server's CPU is that of all its processes,
PostgreSQL included for ours; the generator's is told apart.
"""

import time
from contextlib import ExitStack, closing
from statistics import median

from bench.live.generators import Lines
from bench.live.ground import Hall, Product
from bench.live.machine import Clock, Others, tree, user_bytes
from bench.live.processes import prefer
from bench.live.rivals import Nats, Nchan
from bench.live.table import none, row, say, told

FRAMES, PAUSE = 8, 0.25
WITHIN = 30


class Side:
    """One server with all its lines open."""

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
        """Publish a frame with so many letters; the instant it began."""
        from danchu.conference.writes.frames import frame_body

        self.v += 1
        return self.publish(self.v, frame_body(self.v, {"note": "x" * length}))

    def frame(self):
        """One frame to all: {"p50", "p99", "last", "cpu", "generator"}"""
        mine, its = Clock(self.roots), Clock([self.lines.process.pid])
        at = self.publish_next()
        self.lines.wait(self.v)
        time.sleep(0.05)
        return {"cpu": mine.seconds(), "generator": its.seconds(), **self.lines.came(self.v, at)}


def opened(name, server, lines, publish, roots):
    """(Side, what opening cost)"""
    before = user_bytes(server.roots() if callable(server.roots) else server.roots)
    clock, others = Clock(roots), Others(roots)
    held = lines()
    found = held.open(90)
    found |= {"cpu": clock.seconds(), "others": others.share()}
    time.sleep(1)
    found["bytes"] = (
        user_bytes(server.roots() if callable(server.roots) else server.roots) - before
    ) / max(1, found["open"])
    say(
        f"  {name}: {found['open']:,} open after {found['seconds']:.2f} s, "
        f"{found['failed']} failed, {found['bytes'] / 1024:.2f} KiB each, others "
        f"{found['others']:.0%}"
    )
    return Side(name, server, held, publish, roots), found


def entries_and_fanout(database, size, rounds, tls=False):
    """Rows of the parts `entries` and `fanout` (or `tls`)."""
    hall, kind = Hall(size), " (TLS)" if tls else ""
    with ExitStack() as stack:
        ours = stack.enter_context(closing(Product(hubs=2, tls=tls)))
        nchan = stack.enter_context(closing(Nchan(workers=2, tls=tls)))
        shown = hall.tokens, hall.cookie
        server_roots = [*ours.roots(), *database.roots]
        side, entered = opened(
            "ours" + kind,
            ours,
            lambda: Lines("ours", size, ours.ports, hall.path, *shown, tls=tls),
            hall.publish,
            server_roots,
        )
        stack.callback(side.lines.close)
        entered["durable"] = _durable(hall, size)
        other, theirs = opened(
            "nchan" + kind,
            nchan,
            lambda: Lines("nchan", size, nchan.ports, nchan.path, *shown, tls=tls),
            nchan.publish,
            nchan.roots,
        )
        stack.callback(other.lines.close)
        prefer(tree(database.roots))
        sides = [side, other]
        if not tls:
            nats = stack.enter_context(closing(Nats()))
            third, _found = opened(
                "nats",
                nats,
                lambda: Lines("nats", size, nats.ports, nats.path, *shown, nats=True),
                nats.publish,
                nats.roots,
            )
            stack.callback(third.lines.close)
            sides.append(third)
        measured = [
            _round(sides) for _ in range(2 * rounds)
        ]  # quick ones, and the sides are near each other
        others = median(one["others"] for one in measured)
        checks = {one.name: one.lines.check(1, one.v) for one in sides}
    part = "tls" if tls else "fanout"
    rows = _entered(size, entered, theirs, part if tls else "entries", kind)
    for what, unit, name in (("p99", "s", "p99"), ("cpu", "CPU s", "CPU của máy chủ")):
        rows += [
            _against(
                part,
                measured,
                what,
                unit,
                f"một khung tới {size:,} máy{kind}, {name}",
                sides[n],
                goal,
                others,
            )
            for n, goal in _goals(sides)
        ]
    check = checks[side.name]
    lost = check["missing"] + check["gaps"] + check["doubles"] + check["disagree"]
    rows.append(
        none(
            part,
            f"khung mất, lặp, sai thứ tự hay sai số ở {size:,} máy × {side.v} khung{kind}",
            lost,
        )
    )
    rows.append(
        told(
            part,
            f"một khung: CPU của máy phát tải, phía ta{kind}",
            median(one[side.name]["generator"] for one in measured),
            "CPU s",
        )
    )
    return rows


def _goals(sides):
    """(place of the rival, goal): NATS is told beside, the goal is against nchan."""
    return [(n, 1.0 if n == 1 else None) for n in range(1, len(sides))]


def _round(sides):
    """{name: medians of a round's frames}, the sides in turn."""
    found, others = (
        {side.name: [] for side in sides},
        Others([root for side in sides for root in [*side.roots, side.lines.process.pid]]),
    )
    for _ in range(FRAMES):
        for side in sides:
            found[side.name].append(side.frame())
            time.sleep(PAUSE)
    told_of = {
        name: {key: median(one[key] for one in frames) for key in frames[0]}
        for name, frames in found.items()
    }
    told_of["others"] = others.share()
    say(
        "  "
        + "; ".join(
            f"{side.name} first {told_of[side.name]['first'] * 1000:.1f} ms, p99 "
            f"{told_of[side.name]['p99']:.3f} s, {told_of[side.name]['cpu']:.3f} CPU s"
            for side in sides
        )
        + f"; others {told_of['others']:.0%}"
    )
    return told_of


def _against(part, measured, what, unit, name, rival, goal, others):
    ours = next(iter(measured[0]))
    mine, its = [one[ours][what] for one in measured], [one[rival.name][what] for one in measured]
    return row(part, f"{name} / {rival.name}", mine, its, goal, unit, others=others)


def _entered(size, mine, its, part, kind):
    failed = mine["failed"] + mine["refused"] + size - mine["open"]
    return [
        row(
            part,
            f"{size:,} người vào hai hub bằng mã riêng{kind}, xong hết / {WITHIN} giây",
            mine["seconds"],
            WITHIN,
            1,
            others=mine["others"],
        ),
        row(
            part,
            f"{size:,} người vào{kind}, có mặt đã ghi bền / {WITHIN} giây",
            mine["durable"] + mine["seconds"],
            WITHIN,
            1,
        ),
        none(part, f"người không vào được, trong {size:,}{kind}", failed),
        row(
            part,
            f"bộ nhớ mỗi đường dây{kind} / nchan",
            mine["bytes"] / 1024,
            its["bytes"] / 1024,
            None if kind else 0.25,
            "KiB",
        ),
        row(part, f"CPU để mọi người vào{kind} / nchan", mine["cpu"], its["cpu"], None, "CPU s"),
    ]


def _durable(hall, size):
    """Seconds until the row of every line stands."""
    from danchu.conference.models import Line

    began = time.monotonic()
    while (
        Line.objects.filter(pass_in__conference=hall.conference).count() < size
        and time.monotonic() - began < 30
    ):
        time.sleep(0.05)
    return time.monotonic() - began
