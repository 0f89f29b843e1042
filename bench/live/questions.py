"""Five thousand questions and a hundred thousand up-votes in a minute beside the lines: none
lost, none doubled, the order live.
"""

import json
import random
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import UUID

from bench.live.generators import Lines, Posts, part
from bench.live.ground import Hall, Product
from bench.live.machine import Clock, Others, tree
from bench.live.processes import prefer
from bench.live.table import none, row, say, told
from bench.live.votes import spreads, until_quiet

SECONDS, SHOWN, REPEATS = 60, 40, 50
ALLOWED, WITHIN = 0.1, 1.0


def questions(database, size, _rounds):
    """Rows of the part."""
    from danchu.conference.models import Question, Upvote

    hall = Hall(size)
    asked, wanted = (5_000, 100_000) if size >= 20_000 else (size // 5, size * 4)
    shown = _shown(hall)
    plan, texts, pairs = _planned(hall, shown, asked, wanted, size)
    with ExitStack() as stack:
        product = stack.enter_context(closing(Product(hubs=2, intake=True, sequencer=True)))
        lines = stack.enter_context(
            closing(Lines("questions", size, product.ports, hall.path, hall.tokens, hall.cookie))
        )
        lines.open()
        until_quiet(hall)
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
            closing(
                Posts("questions", plan, product.intake_port, hall.tokens, hall.cookie, SECONDS)
            )
        )
        time.sleep(0.5)
        prefer(tree(database.roots))
        answers = posts.answers()
        last = max(one.due + one.latency * 1e6 for one in answers)
        result = _result(hall, lines, wanted, asked, last)
        cpu, spread, stat = (
            {name: clock.seconds(anew=True) for name, clock in clocks.items()},
            spreads(hall, lines),
            lines.stat(),
        )
    kept = {
        str(uid): text
        for uid, text in Question.objects.filter(
            conference=hall.conference, state="submitted"
        ).values_list("uid", "text")
    }
    ups = set(
        Upvote.objects.filter(question__conference=hall.conference).values_list(
            "question_id", "delegate_id"
        )
    )
    wrong = {
        "không được nhận": sum(one.code != 201 for one in answers),
        "câu hỏi mất hay thừa": len(kept.items() ^ texts.items()),
        "phiếu ủng hộ mất hay thừa": len(
            ups ^ {(question, hall.delegates[person]) for question, person in pairs}
        ),
        "khung mất hay lặp": stat["gaps"] + stat["doubles"] + stat["disagree"] + stat["cut"],
    }
    latencies = [one.latency for one in answers]
    say(
        f"  {len(answers):,} answers, p50 {part(latencies, 0.5) * 1e3:.1f} ms, p99 "
        f"{part(latencies, 0.99) * 1e3:.1f} ms, result {result:.2f} s, frames p99 "
        f"{spread[0]:.2f} s last {spread[1]:.2f} s, "
        f"CPU {cpu}, wrong {wrong}, others {others.share():.0%}, bytes a line "
        f"{stat['bytes'] / size:,.0f}"
    )
    what, share = (
        f"{asked:,} câu hỏi và {wanted:,} ủng hộ trong {SECONDS} giây bên {size:,} đường dây",
        others.share(),
    )
    return [
        none("questions", f"{what}: mất, lặp, không nhận, khung mất", sum(wrong.values())),
        row(
            "questions",
            f"{what}: p99 tới lúc báo đã ghi / {ALLOWED * 1000:.0f} ms",
            part(latencies, 0.99),
            ALLOWED,
            1,
            others=share,
        ),
        row(
            "questions",
            f"{what}: số ủng hộ đủ tới máy cuối cùng sau lần cuối / {WITHIN:.0f} giây",
            result,
            WITHIN,
            1,
            others=share,
        ),
        told("questions", f"{what}: CPU của máy chủ", sum(cpu.values()), "CPU s"),
    ]


def _shown(hall):
    from danchu.conference.models import Question

    now = datetime.now(UTC)
    made = Question.objects.bulk_create(
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
    return [one.pk for one in made]


def _planned(hall, shown, asked, wanted, size):
    """([(person, path, body)] mixed, {uid: text}, {(question, person)}), every fiftieth sent
    twice.
    """
    chance, texts, pairs, mixed = random.Random(hall.pk), {}, set(), []
    for n in range(asked):
        uid, text = (
            str(UUID(int=hall.pk << 64 | 1 << 32 | n)),
            f"Câu hỏi thứ {n}: kế hoạch năm tới của phường là gì?",
        )
        texts[uid] = text
        mixed.append((n, hall.url("question"), f"uid={uid}&text={quote(text)}"))
    while len(pairs) < wanted:
        pairs.add((chance.choice(shown), chance.randrange(min(size, 20_000))))
    mixed += [
        (person, hall.url("upvote"), f"question={question}") for question, person in sorted(pairs)
    ]
    chance.shuffle(mixed)
    return (
        [
            again
            for n, one in enumerate(mixed)
            for again in ((one, one) if n % REPEATS == REPEATS - 1 else (one,))
        ],
        texts,
        pairs,
    )


def _result(hall, lines, wanted, asked, after, seconds=20):
    """Seconds from the instant `after` until the last client had the frame after which all is
    counted.
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
            if votes == wanted and state.get("questions", {}).get("waiting") == asked:
                lines.wait(v, seconds=max(0.1, deadline - time.monotonic()))
                came = lines.came(v, int(after))
                return came["last"] if came["n"] == lines.conns else float(seconds)
        time.sleep(0.1)
    return float(seconds)  # at least
