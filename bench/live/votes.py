"""A vote of everybody beside the lines that listen: nothing acknowledged is lost, nothing
counts twice, the result reaches all.
"""

import random
import time
from contextlib import ExitStack, closing
from statistics import median

from bench.live.generators import Lines, Posts, part
from bench.live.ground import Hall, Product
from bench.live.machine import Clock, Others, tree
from bench.live.processes import prefer
from bench.live.table import none, row, say, told

SECONDS, OPTIONS = 10, 4
ALLOWED, WITHIN = 0.1, 1.0


def votes(database, size, rounds):
    """Rows of the part: as the disk is, and with each fsync 3 ms slower."""
    voters = min(size, 20_000) if size >= 20_000 else size * 5 // 6
    found = []
    for slow in (0, 3):
        if slow:
            database.slow(slow)
        runs = [burst(database, size, voters) for _ in range(rounds)]
        found += _rows(runs, size, voters, slow)
        if not slow:
            other = burst(database, size, voters, nice=0)
            found.append(
                row(
                    "votes",
                    f"{voters:,} phiếu: p99 / khi hub không nhường (cùng lượt chạy)",
                    median(one["p99"] for one in runs),
                    other["p99"],
                    None,
                    others=other["others"],
                )
            )
    database.slow(0)
    return found


def burst(database, size, voters, nice=None):
    """One vote: {"answers", "wrong", "p99", …}"""
    from danchu.conference.models import HallState, Vote

    hall = Hall(size)
    poll = hall.poll()
    plan, meant = planned(hall, poll, voters)
    with ExitStack() as stack:
        product = stack.enter_context(
            closing(Product(hubs=2, intake=True, sequencer=True, nice=nice))
        )
        lines = stack.enter_context(
            closing(Lines("votes", size, product.ports, hall.path, hall.tokens, hall.cookie))
        )
        lines.open()
        until_quiet(hall)
        prefer(tree(database.roots))
        roots = {
            "hubs": product.roots("hub"),
            "intake": product.roots("intake"),
            "sequencer": product.roots("sequencer"),
            "PostgreSQL": database.roots,
        }
        clocks, others = (
            {name: Clock(pids) for name, pids in roots.items()},
            Others([*product.roots(), *database.roots]),
        )
        posts = stack.enter_context(
            closing(Posts("votes", plan, product.intake_port, hall.tokens, hall.cookie, SECONDS))
        )
        time.sleep(0.3)
        prefer(tree(database.roots))  # the sessions of the intake too
        answers = posts.answers()
        last = max(one.due + one.latency * 1e6 for one in answers)
        took = (last - answers[0].due) / 1e6
        result = settled(
            hall, lines, f"poll:{poll.pk}", lambda told_of: told_of["cast"] == voters, last
        )
        cpu = {name: clock.seconds(anew=True) for name, clock in clocks.items()}
        spread = spreads(hall, lines)
        counted = HallState.objects.get(conference=hall.conference).state[f"poll:{poll.pk}"][
            "counts"
        ]
        kept = dict(Vote.objects.filter(poll=poll).values_list("voter_id", "choice"))
        state = {"check": lines.check(1, 0), "stat": lines.stat(), "others": others.share()}
    wrong = mistakes(hall, answers, plan, meant, kept)
    wrong["không khớp số đếm"] = sum(
        abs(counted[place] - sum(1 for choice in kept.values() if choice == place))
        for place in range(OPTIONS)
    )
    wrong["khung mất hay lặp"] = (
        state["stat"]["gaps"]
        + state["stat"]["doubles"]
        + state["stat"]["disagree"]
        + state["stat"]["cut"]
    )
    latencies = [one.latency for one in answers]
    say(
        f"  {len(answers):,} answers in {took:.2f} s, p50 "
        f"{part(latencies, 0.5) * 1e3:.1f} ms, p99 {part(latencies, 0.99) * 1e3:.1f} ms, "
        f"result {result:.2f} s, "
        f"frames p99 {spread[0]:.2f} s last {spread[1]:.2f} s, CPU {cpu}, wrong {wrong}, "
        f"others {state['others']:.0%}"
    )
    return {
        "wrong": sum(wrong.values()),
        "p99": part(latencies, 0.99),
        "p50": part(latencies, 0.5),
        "most": max(latencies),
        "took": took,
        "result": result,
        "spread": spread[1],
        "others": state["others"],
        "cpu": sum(cpu.values()),
    }


def planned(hall, poll, voters):
    """([(person, path, body)], {person: choices meant}): each votes once, every fiftieth again
    with another choice a moment later.
    """
    chance, plan, meant = random.Random(poll.pk), [], {}
    later = []
    for person in range(voters):
        choice = chance.randrange(OPTIONS)
        meant[person] = choice
        plan.append((person, hall.url("vote"), f"poll={poll.pk}&choice={choice}"))
        if person % 50 == 49:
            later.append((len(plan) + 40, person, (choice + 1) % OPTIONS))
        while later and later[0][0] <= len(plan):
            _at, again, other = later.pop(0)
            plan.append((again, hall.url("vote"), f"poll={poll.pk}&choice={other}"))
    plan += [
        (again, hall.url("vote"), f"poll={poll.pk}&choice={other}") for _at, again, other in later
    ]
    return plan, meant


def mistakes(hall, answers, plan, meant, kept):
    """{what went wrong: how often}; all must be nought."""
    of = {}
    for (person, _path, body), answer in zip(plan, answers, strict=True):
        of.setdefault(person, []).append((int(body.rpartition("=")[2]), answer))
    choices = {person: kept.get(hall.delegates[person]) for person in of}
    return {
        "chưa được trả lời": sum(one.code not in (200, 201) for one in answers),
        "đã báo nhận mà mất": sum(
            choices[person] is None
            for person, told_of in of.items()
            if any(one.code in (200, 201) for _c, one in told_of)
        ),
        "lá phiếu thừa": len(kept)
        - sum(choice is not None for choice in choices.values())
        + sum(sum(one.code == 201 for _c, one in told_of) > 1 for told_of in of.values()),
        "trả lời khác lựa chọn đã lưu": sum(
            one.told.get("choice") != choices[person]
            for person, told_of in of.items()
            for _c, one in told_of
            if one.code in (200, 201)
        ),
        "lựa chọn không ai gửi": sum(
            choices[person] not in [choice for choice, _one in told_of]
            for person, told_of in of.items()
            if choices[person] is not None
        ),
    }


def until_quiet(hall, seconds=10):
    """Until the sequencer has told the presence of all and says nothing more."""
    from danchu.conference.models import HallState

    deadline, before, since = time.monotonic() + seconds, None, time.monotonic()
    while time.monotonic() < deadline and time.monotonic() - since < 2.5:
        v = HallState.objects.filter(conference=hall.conference).values_list("v", flat=True).first()
        if v != before:
            before, since = v, time.monotonic()
        time.sleep(0.1)


def settled(hall, lines, key, is_whole, after, seconds=20):
    """Seconds from the instant `after` until the last client had the frame whose value of `key`
    is whole.
    """
    import json

    from danchu.conference.models import Frame

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for v, body in (
            Frame.objects.filter(conference=hall.conference).order_by("v").values_list("v", "body")
        ):
            value = json.loads(body)["changes"].get(key)
            if value and is_whole(value):
                lines.wait(v, seconds=max(0.1, deadline - time.monotonic()))
                came = lines.came(v, int(after))
                return came["last"] if came["n"] == lines.conns else float(seconds)
        time.sleep(0.1)
    return float(seconds)  # at least


def spreads(hall, lines):
    """(median p99, longest) of the frames: seconds from publishing to the clients."""
    from danchu.conference.models import Frame

    found = []
    for v, at in (
        Frame.objects.filter(conference=hall.conference).order_by("v").values_list("v", "at")
    ):
        came = lines.came(v, int(at.timestamp() * 1e6))
        if came["n"] == lines.conns:
            found.append(came)
    return median(one["p99"] for one in found), max(one["last"] for one in found)


def _rows(runs, size, voters, slow):
    disk = f", mỗi fsync chậm thêm {slow} ms" if slow else ""
    what = f"{voters:,} phiếu trong {SECONDS} giây bên {size:,} đường dây{disk}"
    several = lambda key: [one[key] for one in runs]  # noqa: E731 - three rounds of one thing
    given = lambda value: [value] * len(runs)  # noqa: E731
    others = median(several("others"))
    return [
        none("votes", f"{what}: phiếu mất, lặp, trả lời sai, khung mất", sum(several("wrong"))),
        row(
            "votes",
            f"{what}: p99 từ lúc đến hạn gửi đến lúc báo đã ghi / {ALLOWED * 1000:.0f} ms",
            several("p99"),
            given(ALLOWED),
            1 if not slow else None,
            others=others,
        ),
        row(
            "votes",
            f"{what}: trả lời xong hết / {SECONDS} giây",
            several("took"),
            given(float(SECONDS)),
            1.02,
        ),
        row(
            "votes",
            f"{what}: kết quả đủ tới máy cuối cùng sau lá phiếu cuối / {WITHIN:.0f} giây",
            several("result"),
            given(WITHIN),
            1,
            others=others,
        ),
        told("votes", f"{what}: CPU của máy chủ", median(several("cpu")), "CPU s"),
        told("votes", f"{what}: p50", median(several("p50")), "s"),
    ]
