"""Verification of records against their digests, against reading and hashing the rows bare."""

import hashlib

from bench.ground import fill, say
from bench.measure import peak_mib, row, seconds

RUNS = 3
LATER = 200  # records withdrawn after a verified head


def verify(rows):
    """Two rows: all records, and those digested since a verified head."""
    from danchu.journal.loading import found_digests
    from danchu.journal.verify import head
    from danchu.journal.verify_rows import row_problems
    from danchu.people.actor import Actor
    from danchu.register.actions import withdraw_event
    from danchu.register.models import Event

    fill(rows)
    by = Actor.system("bench")
    say(f"  founded in {seconds(lambda: found_digests(by=by)):.0f} s")
    analyze()

    def work(since=0):
        assert list(row_problems(since)) == []

    own_times, rival_times, later_times = [], [], []
    for _ in range(RUNS):
        own_times.append(seconds(work))
        rival_times.append(seconds(_read_and_hash))
        say(f"  {own_times[-1]:.1f} s, {rival_times[-1]:.1f} s")
    memory = peak_mib(work)
    number, _mark = head()
    for event in Event.objects.filter(state="confirmed").order_by("pk")[:LATER]:
        withdraw_event(event, by=by, reason="bench")
    for _ in range(RUNS):
        later_times.append(seconds(lambda: work(number)))
    name = f"kiểm {rows:,} bản ghi theo nhật ký / đọc và băm trần từng dòng"
    return [
        row(name, min(own_times), min(rival_times), 3, memory),
        row(
            f"kiểm {LATER} bản ghi ghi sau lần kiểm trước, trong {rows:,} / kiểm tất cả",
            min(later_times),
            min(own_times),
            0.1,
            memory,
        ),
    ]


def analyze():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE journal_rowdigest, journal_change")


def _read_and_hash():
    """The rival: reads every event and hashes its columns, without asking whether they agree."""
    from danchu.register.models import Event

    digest = hashlib.sha256
    for values in Event.objects.order_by("pk").values_list().iterator(10_000):
        digest(repr(values).encode()).digest()
