"""Due days of a million cases on one core, against the goal of 100,000 a second; and a walk day
by day beside it.
"""

import random
import time
from datetime import date, timedelta

from bench.measure import peak_mib, row

A_SECOND = 100_000
KEYS = (
    "complaint.accept",
    "complaint.resolve",
    "pib.answer",
    "decision.send",
    "denunciation.process",
    "initiative.consent",
    "meeting.notice",
    "disclosure.posting",
)


def deadlines(cases):
    """Rows of the table: ours against the seconds the goal allows, and against the walk."""
    from danchu.law.book import Book

    _load()
    now = Book()
    chance, first = random.Random(2026), date(2021, 1, 1)
    rules = [now.rule(key, date(2026, 10, 1)) for key in KEYS]
    asked = [
        (chance.choice(rules), first + timedelta(days=chance.randrange(2100))) for _ in range(cases)
    ]
    times = []
    memory = peak_mib(lambda: times.append(_timed(_all, asked, now.calendar)))
    ours = min([*times, _timed(_all, asked, now.calendar), _timed(_all, asked, now.calendar)])
    few = [pair for pair in asked if pair[0].unit == "working_day"][: cases // 20]
    walk, same = _timed(_walked, few, now.calendar), _timed(_all, few, now.calendar)
    count = f"{cases:,}"
    return [
        row(
            f"tính hạn {count} việc, một lõi / thời gian cho phép ở 100.000 việc mỗi giây",
            ours,
            cases / A_SECOND,
            1,
            memory,
        ),
        row(
            f"tính hạn {len(few):,} việc theo ngày làm việc / đi từng ngày một",
            same,
            walk,
            1,
            memory,
        ),
    ]


def _all(asked, calendar):
    from danchu.law.deadline import due

    return [due(rule, event, calendar) for rule, event in asked]


def _walked(asked, calendar):
    """The slow, obvious way."""
    found = []
    for rule, event in asked:
        step, left, day = (-1 if rule.sense == "before" else 1), rule.value.numerator, event
        while left:
            day += timedelta(days=step)
            left -= calendar.is_working(day)
        found.append(day)
    return found


def _timed(work, *given):
    began = time.perf_counter()
    work(*given)
    return time.perf_counter() - began


def _load():
    from danchu.law.loading import load_law
    from danchu.people.actor import Actor

    load_law(by=Actor.system("bench"))
