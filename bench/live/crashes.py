"""kill -9 of a hub, of the intake, of PostgreSQL in the middle of a vote: what was acknowledged
stands, and all come back by themselves.
"""

import time
from contextlib import ExitStack, closing

from bench.live.generators import Lines, Posts, part
from bench.live.ground import Hall, Product
from bench.live.table import none, row, say, told
from bench.live.votes import OPTIONS, mistakes, planned, until_quiet

SECONDS, AWAY = 15, 0.5  # the supervisor of `danchu serve` starts what died after half a second


def crashes(database, size, _rounds):
    """Rows of the part."""
    from danchu.conference.models import HallState, Vote

    voters = min(size * 5 // 6, 20_000)
    hall = Hall(size)
    poll = hall.poll()
    plan, meant = planned(hall, poll, voters)
    with ExitStack() as stack:
        product = stack.enter_context(closing(Product(hubs=2, intake=True, sequencer=True)))
        lines = stack.enter_context(
            closing(Lines("crashes", size, product.ports, hall.path, hall.tokens, hall.cookie))
        )
        lines.open()
        until_quiet(hall)
        numbers = [HallState.objects.get(conference=hall.conference).v]
        posts = stack.enter_context(
            closing(
                Posts(
                    "crashes",
                    plan,
                    product.intake_port,
                    hall.tokens,
                    hall.cookie,
                    SECONDS,
                    patient=True,
                )
            )
        )
        for kill, start in (
            (lambda: product.kill("hub0"), lambda: product.start_again("hub0")),
            (lambda: product.kill("intake"), lambda: product.start_again("intake")),
            (database.kill, database.start_again),
        ):
            time.sleep(3)
            kill()
            time.sleep(AWAY)
            start()
        answers = posts.answers()
        came_back = _all_open(lines, size)
        last = _say(hall, lines, size)
        numbers.append(last)
        state = _counted(hall, poll)
        kept = dict(Vote.objects.filter(poll=poll).values_list("voter_id", "choice"))
        stat, back = lines.stat(), lines.back(0, 0)
    wrong = mistakes(hall, answers, plan, meant, kept)
    wrong["kết quả khác số dòng"] = sum(
        abs(state["counts"][place] - sum(1 for choice in kept.values() if choice == place))
        for place in range(OPTIONS)
    )
    wrong["khung lặp, lùi hay hụt"] = (
        stat["gaps"] + stat["doubles"] + stat["disagree"] + (last <= numbers[0])
    )
    wrong["máy không vào lại"] = size - came_back
    again = sum(one.tries > 1 for one in answers)
    say(
        f"  {stat['cut']:,} lines cut, back p99 {back['p99']:.1f} s; {again} asked "
        f"again, slowest {max(one.latency for one in answers):.2f} s; wrong {wrong}"
    )
    what = (
        f"giết một hub, tiến trình nhận phiếu và PostgreSQL giữa {voters:,} phiếu, {size:,} "
        f"đường dây"
    )
    return [
        none(
            "crashes",
            f"{what}: phiếu đã báo nhận mà mất, lặp, trả lời sai; khung lặp hay hụt; máy "
            f"không vào lại",
            sum(wrong.values()),
        ),
        row(
            "crashes",
            f"{what}: người chờ lâu nhất để được báo đã ghi / 10 giây",
            max(one.latency for one in answers),
            10.0,
            1,
        ),
        row(
            "crashes",
            f"{what}: máy của hub bị giết vào lại, p99 / 15 giây (retry 2–10 giây)",
            back["p99"],
            15.0,
            1,
        ),
        told("crashes", f"{what}: trả lời p99", part([one.latency for one in answers], 0.99), "s"),
    ]


def _counted(hall, poll, seconds=5):
    """The counts the hall was told last, which come once a second: waited for until they agree
    with the rows.
    """
    from danchu.conference.models import HallState, Vote

    deadline = time.monotonic() + seconds
    while True:
        told_of = HallState.objects.get(conference=hall.conference).state[f"poll:{poll.pk}"]
        if (
            sum(told_of["counts"]) == Vote.objects.filter(poll=poll).count()
            or time.monotonic() > deadline
        ):
            return told_of
        time.sleep(0.2)


def _all_open(lines, size):
    deadline = time.monotonic() + 40
    while lines.stat()["open"] < size and time.monotonic() < deadline:
        time.sleep(0.2)
    return lines.stat()["open"]


def _say(hall, lines, size):
    """A word of the chair after all: the frame that must reach everybody; its number."""
    from django.db import transaction

    from danchu.conference.models import Conference, Frame
    from danchu.conference.writes.frames import wake

    with transaction.atomic():
        Conference.objects.filter(pk=hall.pk).update(said="Xin mời tiếp tục")
        wake(hall.conference, "programme")
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        v = (
            Frame.objects.filter(conference=hall.conference, body__contains="Xin mời tiếp tục")
            .values_list("v", flat=True)
            .first()
        )
        if v and lines.wait(v, size, 10) == size:
            return v
        time.sleep(0.1)
    return 0
