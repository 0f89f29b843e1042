"""Due days of a million cases on one core, against the goal of 100,000 a second, and against
counting day by day.
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
    """Rows of the table: ours against the seconds the goal allows, and against day by day."""
    from danchu.law.book import Book

    _load_rules()
    book = Book()
    chance, first = random.Random(2026), date(2021, 1, 1)
    rules = [book.rule(key, date(2026, 10, 1)) for key in KEYS]
    questions = [
        (chance.choice(rules), first + timedelta(days=chance.randrange(2100))) for _ in range(cases)
    ]
    times = []
    memory = peak_mib(lambda: times.append(_seconds_of(_due_days, questions, book.calendar)))
    ours = min(
        [
            *times,
            _seconds_of(_due_days, questions, book.calendar),
            _seconds_of(_due_days, questions, book.calendar),
        ]
    )
    working_day_questions = [pair for pair in questions if pair[0].unit == "working_day"][
        : cases // 20
    ]
    walk, own_of_few = (
        _seconds_of(_walk_day_by_day, working_day_questions, book.calendar),
        _seconds_of(_due_days, working_day_questions, book.calendar),
    )
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
            f"tính hạn {len(working_day_questions):,} việc theo ngày làm việc / đi từng ngày một",
            own_of_few,
            walk,
            1,
            memory,
        ),
    ]


def _due_days(questions, calendar):
    from danchu.law.deadline import due

    return [due(rule, event, calendar) for rule, event in questions]


def _walk_day_by_day(questions, calendar):
    """The same due days, counted day by day."""
    days = []
    for rule, event in questions:
        step, left, day = (-1 if rule.sense == "before" else 1), rule.value.numerator, event
        while left:
            day += timedelta(days=step)
            left -= calendar.is_working(day)
        days.append(day)
    return days


def _seconds_of(work, *arguments):
    started_at = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - started_at


def _load_rules():
    from danchu.law.loading import load_law
    from danchu.people.actor import Actor

    load_law(by=Actor.system("bench"))
