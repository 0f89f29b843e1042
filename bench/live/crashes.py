"""kill -9 of a hub, the intake and PostgreSQL during a vote: no acknowledged vote is lost, and all
clients reconnect by themselves.
"""

import time
from contextlib import ExitStack, closing

from bench.live.generators import Lines, Posts, quantile
from bench.live.ground import Hall, Product
from bench.live.table import info_row, row, say, zero_row
from bench.live.votes import OPTIONS, mistakes, plan_votes, wait_until_quiet

SECONDS, AWAY = 15, 0.5  # the supervisor of `danchu serve` starts what died after half a second


def crashes(database, size, _rounds):
    """Rows of the part."""
    from danchu.conference.models import HallState, Vote

    voters = min(size * 5 // 6, 20_000)
    hall = Hall(size)
    poll = hall.poll()
    plan, intended = plan_votes(hall, poll, voters)
    with ExitStack() as stack:
        product = stack.enter_context(closing(Product(hubs=2, intake=True, sequencer=True)))
        lines = stack.enter_context(
            closing(Lines("crashes", size, product.ports, hall.path, hall.tokens, hall.cookie))
        )
        lines.open()
        wait_until_quiet(hall)
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
        came_back = _wait_until_open(lines, size)
        last = _send_last_frame(hall, lines, size)
        numbers.append(last)
        state = _final_state(hall, poll)
        votes_stored = dict(Vote.objects.filter(poll=poll).values_list("voter_id", "choice"))
        stat, back = lines.stat(), lines.return_times(0, 0)
    wrong = mistakes(hall, answers, plan, intended, votes_stored)
    wrong["kết quả khác số dòng"] = sum(
        abs(state["counts"][place] - sum(1 for choice in votes_stored.values() if choice == place))
        for place in range(OPTIONS)
    )
    wrong["khung lặp, lùi hay hụt"] = (
        stat["gaps"] + stat["doubles"] + stat["disagree"] + (last <= numbers[0])
    )
    wrong["máy không vào lại"] = size - came_back
    asked_again = sum(answer.tries > 1 for answer in answers)
    say(
        f"  {stat['cut']:,} lines cut, back p99 {back['p99']:.1f} s; {asked_again} asked "
        f"again, slowest {max(answer.latency for answer in answers):.2f} s; wrong {wrong}"
    )
    label = (
        f"giết một hub, tiến trình nhận phiếu và PostgreSQL giữa {voters:,} phiếu, {size:,} "
        f"đường dây"
    )
    return [
        zero_row(
            "crashes",
            f"{label}: phiếu đã báo nhận mà mất, lặp, trả lời sai; khung lặp hay hụt; máy "
            f"không vào lại",
            sum(wrong.values()),
        ),
        row(
            "crashes",
            f"{label}: người chờ lâu nhất để được báo đã ghi / 10 giây",
            max(answer.latency for answer in answers),
            10.0,
            1,
        ),
        row(
            "crashes",
            f"{label}: máy của hub bị giết vào lại, p99 / 15 giây (retry 2–10 giây)",
            back["p99"],
            15.0,
            1,
        ),
        info_row(
            "crashes",
            f"{label}: trả lời p99",
            quantile([answer.latency for answer in answers], 0.99),
            "s",
        ),
    ]


def _final_state(hall, poll, seconds=5):
    """The last counts published to the hall, which come once a second; waits until they agree with
    the rows.
    """
    from danchu.conference.models import HallState, Vote

    deadline = time.monotonic() + seconds
    while True:
        state = HallState.objects.get(conference=hall.conference).state[f"poll:{poll.pk}"]
        if (
            sum(state["counts"]) == Vote.objects.filter(poll=poll).count()
            or time.monotonic() > deadline
        ):
            return state
        time.sleep(0.2)


def _wait_until_open(lines, size):
    deadline = time.monotonic() + 40
    while lines.stat()["open"] < size and time.monotonic() < deadline:
        time.sleep(0.2)
    return lines.stat()["open"]


def _send_last_frame(hall, lines, size):
    """Publish an announcement of the chair after everything; the number of its frame when all have
    it, else 0.
    """
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
