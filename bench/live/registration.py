"""Registration for a hall with places for half of those who try: two hundred at a time, and exactly
as many get in as there are places.

python -m bench.live.registration CONFERENCE CODE FIRST NUMBER CLIENTS     (one process of the
clients; the bench starts four)
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

PROCESSES, CLIENTS, REPEATS, A_SECOND = 4, 200, 50, 100


def registration(database, size, _rounds):
    """Rows of the part. Two of a hundred forms are sent twice."""
    from bench.live.ground import Hall
    from bench.live.machine import OtherLoad
    from bench.live.processes import VAR, end, launch
    from bench.live.table import row, say, zero_row
    from danchu.conference.access.codes import new_shared_code, read_shared
    from danchu.conference.models import Conference, Delegate

    places = min(size, 20_000) if size >= 20_000 else size // 2
    hall, code = Hall(0), new_shared_code()
    Conference.objects.filter(pk=hall.pk).update(
        entry="link", entry_code=read_shared(code), capacity=places
    )
    share, began, other_load = places * 2 // PROCESSES, time.monotonic(), OtherLoad(database.roots)
    started = [
        launch(
            [
                sys.executable,
                "-m",
                "bench.live.registration",
                hall.pk,
                code,
                n * share,
                share,
                CLIENTS // PROCESSES,
            ],
            VAR / "registration.log",
        )
        for n in range(PROCESSES)
    ]
    try:
        ended = [process.wait(900) for process in started]
    finally:
        for process in started:
            end(process)
    duration, busy = time.monotonic() - began, other_load.share()
    delegates = Delegate.objects.filter(conference=hall.conference)
    places_given, waiting_numbers = (
        delegates.filter(state="registered").count(),
        sorted(delegates.filter(state="waiting").values_list("waits_from", flat=True)),
    )
    places_taken = Conference.objects.get(pk=hall.pk).taken
    attempts = share * PROCESSES
    wrong = {
        "chỗ đã cho khác số chỗ": abs(places_given - places),
        "số đã lấy khác số chỗ": abs(places_taken - places),
        "danh sách chờ hụt hay trùng số": len(
            set(range(1, attempts - places + 1)) ^ set(waiting_numbers)
        ),
        "người không được trả lời hay có hai chỗ": abs(delegates.count() - attempts),
        "tiến trình hỏng": sum(map(bool, ended)),
    }
    say(
        f"  {attempts:,} attempts in {duration:.0f} s, {attempts / duration:.0f} a second; "
        f"{places_given:,} places given, {len(waiting_numbers):,} wait; wrong {wrong}"
    )
    label = f"{attempts:,} lượt đăng ký, {CLIENTS} người cùng lúc, {places:,} chỗ"
    return [
        zero_row(
            "registration",
            f"{label}: chỗ cho thừa, thiếu, trùng; số chờ hụt, trùng",
            sum(wrong.values()),
        ),
        row(
            "registration",
            f"{label}: xong hết / {A_SECOND} lượt mỗi giây",
            duration,
            attempts / A_SECOND,
            None,
            others=busy,
        ),
    ]


def _clients(conference, code, first, number, clients):
    import django

    django.setup()
    from django.db import connection

    from danchu.conference.models import Conference
    from danchu.conference.queues.registration import register
    from danchu.people.actor import Actor

    hall, by = Conference.objects.get(pk=conference), Actor.system("bench")

    def all_of(client):
        for n in range(first + client, first + number, clients):
            for _attempt in range(2 if n % REPEATS == 0 else 1):
                register(
                    hall,
                    by=by,
                    code=code,
                    name=f"Nguyễn Văn {n}",
                    contact=f"09{n:08}",
                    uid=UUID(int=conference << 64 | n),
                )
        connection.close()

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(all_of, range(clients)))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danchu.config.settings")
    _clients(int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:6]))
