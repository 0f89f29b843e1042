"""The same pages when nothing is kept, and ten thousand records confirmed and read at once."""

import re
import time
import urllib.request
from threading import Thread

from bench.measure import least_seconds, peak_mib

NOW = ("front", "/"), ("nơi của tôi", "/units/{}/")
_NUMBER = re.compile(r": ([\d.]+) \S+ \(bản đồ ngày")


def just_started(place):
    """[(name, seconds of a page of which nothing is kept, seconds of its bare grouping queries,
    MiB)] of the front page and of a place.
    """
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.PAGE_COPIES = False
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    rows = []
    for name, path in NOW:
        address = path.format(place)
        client.get(address)
        grouping = []

        def note(execute, sql, params, many, context, grouping=grouping):
            if "GROUP BY" in str(sql):
                grouping.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note), CaptureQueriesContext(connection) as queries:
            client.get(address)

        def bare(grouping=grouping):
            with connection.cursor() as cursor:
                for sql, params in grouping:
                    cursor.execute(sql, params)
                    cursor.fetchall()

        def page(address=address):
            assert client.get(address).status_code == 200

        ours, rival = least_seconds(page, bare, spell=4)
        rows.append((f"{name}, {len(queries)} câu hỏi", ours, rival, peak_mib(page)))
    return rows


def race(port, number, readers=2):
    """Confirm `number` records and after each read the figure that counts it, while others read it
    all the time; (seconds, how often it was read). RuntimeError where one is not told.
    """
    from danchu.kernel.days import today
    from danchu.people.actor import Actor
    from danchu.register.actions import confirm_event, draft_event
    from danchu.units.models import Unit

    by = Actor.system("bench")
    unit = Unit.objects.filter(level="commune", until=None).order_by("-pk").first()
    year = today().year
    address = f"http://127.0.0.1:{port}/figures/critiques/?unit={unit.pk}&since={year}-01-01"
    address += f"&last={year}-12-31"

    def told():
        with urllib.request.urlopen(address, timeout=60) as answer:
            return int(_NUMBER.search(answer.read().decode())[1].replace(".", ""))

    first = told()
    confirmed, faults, reads = [0], [], [0]

    def read():
        while confirmed[0] < number and not faults:
            before = confirmed[0]
            value = told()
            reads[0] += 1
            if value < first + before:
                faults.append((before, value))

    threads = [Thread(target=read) for _reader in range(readers)]
    began_at = time.perf_counter()
    for thread in threads:
        thread.start()
    for done in range(1, number + 1):
        event = draft_event(
            "critique",
            by=by,
            unit=unit,
            held_on=today(),
            title=f"Phản biện {done}",
            form="written",
        )
        confirm_event(event, by=by)
        confirmed[0] = done
        value = told()
        reads[0] += 1
        if value != first + done:
            faults.append((done, value))
            break
    spent = time.perf_counter() - began_at
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"read after {faults[0][0]} confirmed: {faults[0][1] - first}")
    return spent, reads[0]
