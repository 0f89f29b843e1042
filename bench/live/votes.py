"""A vote of everybody beside their open connections: no acknowledged vote is lost or counted twice,
and the result reaches all.
"""

import random
import time
from contextlib import ExitStack, closing
from statistics import median

from bench.live.generators import Lines, Posts, quantile
from bench.live.ground import Hall, Product
from bench.live.machine import CpuClock, OtherLoad, process_tree
from bench.live.processes import raise_priority
from bench.live.table import info_row, row, say, zero_row

SECONDS, OPTIONS = 10, 4
ALLOWED, WITHIN = 0.1, 1.0


def votes(database, size, rounds):
    """Rows of the part: with the disk as it is, and with each fsync 3 ms slower."""
    voters = min(size, 20_000) if size >= 20_000 else size * 5 // 6
    rows_of_table = []
    for slow in (0, 3):
        if slow:
            database.slow(slow)
        runs = [burst(database, size, voters) for _ in range(rounds)]
        rows_of_table += _rows(runs, size, voters, slow)
        if not slow:
            without_nice = burst(database, size, voters, nice=0)
            rows_of_table.append(
                row(
                    "votes",
                    f"{voters:,} phiếu: p99 / khi hub không nhường (cùng lượt chạy)",
                    median(run["p99"] for run in runs),
                    without_nice["p99"],
                    None,
                    others=without_nice["others"],
                )
            )
    database.slow(0)
    return rows_of_table


def burst(database, size, voters, nice=None):
    """One vote: {"answers", "wrong", "p99", …}"""
    from danchu.conference.models import HallState, Vote

    hall = Hall(size)
    poll = hall.poll()
    plan, intended = plan_votes(hall, poll, voters)
    with ExitStack() as stack:
        product = stack.enter_context(
            closing(Product(hubs=2, intake=True, sequencer=True, nice=nice))
        )
        lines = stack.enter_context(
            closing(Lines("votes", size, product.ports, hall.path, hall.tokens, hall.cookie))
        )
        lines.open()
        wait_until_quiet(hall)
        raise_priority(process_tree(database.roots))
        roots = {
            "hubs": product.roots("hub"),
            "intake": product.roots("intake"),
            "sequencer": product.roots("sequencer"),
            "PostgreSQL": database.roots,
        }
        clocks, other_load = (
            {name: CpuClock(pids) for name, pids in roots.items()},
            OtherLoad([*product.roots(), *database.roots]),
        )
        posts = stack.enter_context(
            closing(Posts("votes", plan, product.intake_port, hall.tokens, hall.cookie, SECONDS))
        )
        time.sleep(0.3)
        raise_priority(process_tree(database.roots))  # the sessions of the intake too
        answers = posts.answers()
        last = max(answer.due + answer.latency * 1e6 for answer in answers)
        duration = (last - answers[0].due) / 1e6
        result = seconds_until_result(
            hall, lines, f"poll:{poll.pk}", lambda value: value["cast"] == voters, last
        )
        cpu = {name: clock.seconds(anew=True) for name, clock in clocks.items()}
        spread = frame_delays(hall, lines)
        counts = HallState.objects.get(conference=hall.conference).state[f"poll:{poll.pk}"][
            "counts"
        ]
        votes_stored = dict(Vote.objects.filter(poll=poll).values_list("voter_id", "choice"))
        state = {"check": lines.check(1, 0), "stat": lines.stat(), "others": other_load.share()}
    wrong = mistakes(hall, answers, plan, intended, votes_stored)
    wrong["không khớp số đếm"] = sum(
        abs(counts[place] - sum(1 for choice in votes_stored.values() if choice == place))
        for place in range(OPTIONS)
    )
    wrong["khung mất hay lặp"] = (
        state["stat"]["gaps"]
        + state["stat"]["doubles"]
        + state["stat"]["disagree"]
        + state["stat"]["cut"]
    )
    latencies = [answer.latency for answer in answers]
    say(
        f"  {len(answers):,} answers in {duration:.2f} s, p50 "
        f"{quantile(latencies, 0.5) * 1e3:.1f} ms, p99 {quantile(latencies, 0.99) * 1e3:.1f} ms, "
        f"result {result:.2f} s, "
        f"frames p99 {spread[0]:.2f} s last {spread[1]:.2f} s, CPU {cpu}, wrong {wrong}, "
        f"others {state['others']:.0%}"
    )
    return {
        "wrong": sum(wrong.values()),
        "p99": quantile(latencies, 0.99),
        "p50": quantile(latencies, 0.5),
        "most": max(latencies),
        "took": duration,
        "result": result,
        "spread": spread[1],
        "others": state["others"],
        "cpu": sum(cpu.values()),
    }


def plan_votes(hall, poll, voters):
    """([(person, path, body)], {person: intended choice}): each votes once, every fiftieth again
    with another choice a moment later.
    """
    chance, plan, intended = random.Random(poll.pk), [], {}
    later = []
    for person in range(voters):
        choice = chance.randrange(OPTIONS)
        intended[person] = choice
        plan.append((person, hall.url("vote"), f"poll={poll.pk}&choice={choice}"))
        if person % 50 == 49:
            later.append((len(plan) + 40, person, (choice + 1) % OPTIONS))
        while later and later[0][0] <= len(plan):
            _at, again, other_choice = later.pop(0)
            plan.append((again, hall.url("vote"), f"poll={poll.pk}&choice={other_choice}"))
    plan += [
        (again, hall.url("vote"), f"poll={poll.pk}&choice={other_choice}")
        for _at, again, other_choice in later
    ]
    return plan, intended


def mistakes(hall, answers, plan, intended, votes_stored):
    """{fault: number}; all must be 0."""
    of = {}
    for (person, _path, body), answer in zip(plan, answers, strict=True):
        of.setdefault(person, []).append((int(body.rpartition("=")[2]), answer))
    choices = {person: votes_stored.get(hall.delegates[person]) for person in of}
    return {
        "chưa được trả lời": sum(
            answer_of_vote.code not in (200, 201) for answer_of_vote in answers
        ),
        "đã báo nhận mà mất": sum(
            choices[person] is None
            for person, answers_of_person in of.items()
            if any(answer_of_vote.code in (200, 201) for _c, answer_of_vote in answers_of_person)
        ),
        "lá phiếu thừa": len(votes_stored)
        - sum(choice is not None for choice in choices.values())
        + sum(
            sum(answer_of_vote.code == 201 for _c, answer_of_vote in answers_of_person) > 1
            for answers_of_person in of.values()
        ),
        "trả lời khác lựa chọn đã lưu": sum(
            answer_of_vote.body.get("choice") != choices[person]
            for person, answers_of_person in of.items()
            for _c, answer_of_vote in answers_of_person
            if answer_of_vote.code in (200, 201)
        ),
        "lựa chọn không ai gửi": sum(
            choices[person] not in [choice for choice, _answer in answers_of_person]
            for person, answers_of_person in of.items()
            if choices[person] is not None
        ),
    }


def wait_until_quiet(hall, seconds=10):
    """Wait until the sequencer has published the presence of all and is quiet for 2.5 seconds."""
    from danchu.conference.models import HallState

    deadline, before, since = time.monotonic() + seconds, None, time.monotonic()
    while time.monotonic() < deadline and time.monotonic() - since < 2.5:
        v = HallState.objects.filter(conference=hall.conference).values_list("v", flat=True).first()
        if v != before:
            before, since = v, time.monotonic()
        time.sleep(0.1)


def seconds_until_result(hall, lines, key, is_complete, after, seconds=20):
    """Seconds from `after` (microseconds since 1970) until the last client had the frame whose
    value of `key` is complete.
    """
    import json

    from danchu.conference.models import Frame

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for v, body in (
            Frame.objects.filter(conference=hall.conference).order_by("v").values_list("v", "body")
        ):
            value = json.loads(body)["changes"].get(key)
            if value and is_complete(value):
                lines.wait(v, seconds=max(0.1, deadline - time.monotonic()))
                arrival = lines.arrival_times(v, int(after))
                return arrival["last"] if arrival["n"] == lines.conns else float(seconds)
        time.sleep(0.1)
    return float(seconds)  # at least


def frame_delays(hall, lines):
    """(median p99, maximum) over the frames, in seconds from publishing to arrival."""
    from danchu.conference.models import Frame

    arrivals = []
    for v, at in (
        Frame.objects.filter(conference=hall.conference).order_by("v").values_list("v", "at")
    ):
        arrival = lines.arrival_times(v, int(at.timestamp() * 1e6))
        if arrival["n"] == lines.conns:
            arrivals.append(arrival)
    return median(delays["p99"] for delays in arrivals), max(delays["last"] for delays in arrivals)


def _rows(runs, size, voters, slow):
    disk = f", mỗi fsync chậm thêm {slow} ms" if slow else ""
    label = f"{voters:,} phiếu trong {SECONDS} giây bên {size:,} đường dây{disk}"
    values_of = lambda key: [run[key] for run in runs]  # noqa: E731 - three rounds of one thing
    constant = lambda value: [value] * len(runs)  # noqa: E731
    median_load = median(values_of("others"))
    return [
        zero_row(
            "votes", f"{label}: phiếu mất, lặp, trả lời sai, khung mất", sum(values_of("wrong"))
        ),
        row(
            "votes",
            f"{label}: p99 từ lúc đến hạn gửi đến lúc báo đã ghi / {ALLOWED * 1000:.0f} ms",
            values_of("p99"),
            constant(ALLOWED),
            1 if not slow else None,
            others=median_load,
        ),
        row(
            "votes",
            f"{label}: trả lời xong hết / {SECONDS} giây",
            values_of("took"),
            constant(float(SECONDS)),
            1.02,
        ),
        row(
            "votes",
            f"{label}: kết quả đủ tới máy cuối cùng sau lá phiếu cuối / {WITHIN:.0f} giây",
            values_of("result"),
            constant(WITHIN),
            1,
            others=median_load,
        ),
        info_row("votes", f"{label}: CPU của máy chủ", median(values_of("cpu")), "CPU s"),
        info_row("votes", f"{label}: p50", median(values_of("p50")), "s"),
    ]
