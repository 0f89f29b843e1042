"""Five thousand questions and a hundred thousand upvotes in a minute beside open connections: none
lost, none counted twice.
"""

import json
import random
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import UUID

from bench.live.generators import Lines, Posts, quantile
from bench.live.ground import Hall, Product
from bench.live.machine import CpuClock, OtherLoad, process_tree
from bench.live.processes import raise_priority
from bench.live.table import info_row, row, say, zero_row
from bench.live.votes import frame_delays, wait_until_quiet

SECONDS, SHOWN, REPEATS = 60, 40, 50
ALLOWED, WITHIN = 0.1, 1.0


def questions(database, size, _rounds):
    """Rows of the part."""
    from danchu.conference.models import Question, Upvote

    hall = Hall(size)
    question_count, upvote_count = (5_000, 100_000) if size >= 20_000 else (size // 5, size * 4)
    shown_ids = _show_questions(hall)
    plan, texts, pairs = _plan_requests(hall, shown_ids, question_count, upvote_count, size)
    with ExitStack() as stack:
        product = stack.enter_context(closing(Product(hubs=2, intake=True, sequencer=True)))
        lines = stack.enter_context(
            closing(Lines("questions", size, product.ports, hall.path, hall.tokens, hall.cookie))
        )
        lines.open()
        wait_until_quiet(hall)
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
            closing(
                Posts("questions", plan, product.intake_port, hall.tokens, hall.cookie, SECONDS)
            )
        )
        time.sleep(0.5)
        raise_priority(process_tree(database.roots))
        answers = posts.answers()
        last = max(answer.due + answer.latency * 1e6 for answer in answers)
        result = _seconds_until_counted(hall, lines, upvote_count, question_count, last)
        cpu, spread, stat = (
            {name: clock.seconds(anew=True) for name, clock in clocks.items()},
            frame_delays(hall, lines),
            lines.stat(),
        )
    questions_stored = {
        str(uid): text
        for uid, text in Question.objects.filter(
            conference=hall.conference, state="submitted"
        ).values_list("uid", "text")
    }
    upvotes_stored = set(
        Upvote.objects.filter(question__conference=hall.conference).values_list(
            "question_id", "delegate_id"
        )
    )
    wrong = {
        "không được nhận": sum(answer.code != 201 for answer in answers),
        "câu hỏi mất hay thừa": len(questions_stored.items() ^ texts.items()),
        "phiếu ủng hộ mất hay thừa": len(
            upvotes_stored ^ {(question, hall.delegates[person]) for question, person in pairs}
        ),
        "khung mất hay lặp": stat["gaps"] + stat["doubles"] + stat["disagree"] + stat["cut"],
    }
    latencies = [answer.latency for answer in answers]
    say(
        f"  {len(answers):,} answers, p50 {quantile(latencies, 0.5) * 1e3:.1f} ms, p99 "
        f"{quantile(latencies, 0.99) * 1e3:.1f} ms, result {result:.2f} s, frames p99 "
        f"{spread[0]:.2f} s last {spread[1]:.2f} s, "
        f"CPU {cpu}, wrong {wrong}, others {other_load.share():.0%}, bytes a line "
        f"{stat['bytes'] / size:,.0f}"
    )
    label = (
        f"{question_count:,} câu hỏi và {upvote_count:,} ủng hộ trong {SECONDS} giây bên "
        f"{size:,} đường dây"
    )
    share = other_load.share()
    return [
        zero_row("questions", f"{label}: mất, lặp, không nhận, khung mất", sum(wrong.values())),
        row(
            "questions",
            f"{label}: p99 tới lúc báo đã ghi / {ALLOWED * 1000:.0f} ms",
            quantile(latencies, 0.99),
            ALLOWED,
            1,
            others=share,
        ),
        row(
            "questions",
            f"{label}: số ủng hộ đủ tới máy cuối cùng sau lần cuối / {WITHIN:.0f} giây",
            result,
            WITHIN,
            1,
            others=share,
        ),
        info_row("questions", f"{label}: CPU của máy chủ", sum(cpu.values()), "CPU s"),
    ]


def _show_questions(hall):
    from danchu.conference.models import Question

    now = datetime.now(UTC)
    questions_made = Question.objects.bulk_create(
        Question(
            uid=UUID(int=hall.pk << 64 | n),
            conference=hall.conference,
            delegate_id=hall.delegates[n],
            text=f"Bao giờ đường số {n} của phường được sửa xong?",
            state="shown",
            asked_at=now,
        )
        for n in range(SHOWN)
    )
    return [question.pk for question in questions_made]


def _plan_requests(hall, shown_ids, question_count, upvote_count, size):
    """([(person, path, body)] shuffled, {uid: text}, {(question, person)}); every fiftieth request
    is sent twice.
    """
    chance, texts, pairs, mixed = random.Random(hall.pk), {}, set(), []
    for n in range(question_count):
        uid, text = (
            str(UUID(int=hall.pk << 64 | 1 << 32 | n)),
            f"Câu hỏi thứ {n}: kế hoạch năm tới của phường là gì?",
        )
        texts[uid] = text
        mixed.append((n, hall.url("question"), f"uid={uid}&text={quote(text)}"))
    while len(pairs) < upvote_count:
        pairs.add((chance.choice(shown_ids), chance.randrange(min(size, 20_000))))
    mixed += [
        (person, hall.url("upvote"), f"question={question}") for question, person in sorted(pairs)
    ]
    chance.shuffle(mixed)
    return (
        [
            repeated
            for n, request in enumerate(mixed)
            for repeated in ((request, request) if n % REPEATS == REPEATS - 1 else (request,))
        ],
        texts,
        pairs,
    )


def _seconds_until_counted(hall, lines, upvote_count, question_count, after, seconds=20):
    """Seconds from `after` (microseconds since 1970) until the last client had the frame with the
    complete counts.
    """
    from danchu.conference.models import Frame

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        state = {}
        for v, body in (
            Frame.objects.filter(conference=hall.conference).order_by("v").values_list("v", "body")
        ):
            state |= json.loads(body)["changes"]
            votes = sum(state.get("wanted", {}).values())
            if (
                votes == upvote_count
                and state.get("questions", {}).get("waiting") == question_count
            ):
                lines.wait(v, seconds=max(0.1, deadline - time.monotonic()))
                arrival = lines.arrival_times(v, int(after))
                return arrival["last"] if arrival["n"] == lines.conns else float(seconds)
        time.sleep(0.1)
    return float(seconds)  # at least
