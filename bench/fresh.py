"""The same pages when nothing is kept, and ten thousand records confirmed and read at once."""

import re
import time
import urllib.request
from threading import Thread

from bench.measure import least_seconds, peak_mib

NOW = ("trang chính", "/"), ("nơi của tôi", "/units/{}/")
_NUMBER = re.compile(r": ([\d.]+) \S+ \(bản đồ ngày")


def just_started(place):
    """[(name, seconds of a page of which nothing is kept, seconds of its bare grouping queries,
    MiB)] of the front page and of a place.
    """
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    settings.PAGE_COPIES = False
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    rows = []
    for name, path in NOW:
        address = path.format(place)
        client.get(address)
        grouping, queries = [], []

        def note(execute, sql, params, many, context, grouping=grouping, queries=queries):
            queries.append(sql)
            if "GROUP BY" in str(sql):
                grouping.append((sql, params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
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


def race(port, number, writers=4, readers=2):
    """Confirm `number` records at as many communes as there are writers, and after each read the
    figure that counts it, while others read the same all the time; (seconds, how often it was
    read). RuntimeError where one is not told.
    """
    from danchu.people.actor import Actor
    from danchu.units.models import Unit

    units = list(Unit.objects.filter(level="commune", until=None).order_by("-pk")[:writers])
    races = [_Race(port, unit, number // writers, Actor.system("bench")) for unit in units]
    began_at = time.perf_counter()
    threads = [Thread(target=one.write) for one in races]
    threads += [Thread(target=races[reader % writers].read) for reader in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in races:
        if one.faults:
            raise RuntimeError(f"after {one.faults[0][0]} were confirmed: {one.faults[0][1]}")
    if any(one.confirmed != one.number for one in races):
        raise RuntimeError("a writer has failed")
    return time.perf_counter() - began_at, sum(one.reads for one in races)


class _Race:
    """The records of one commune: how many were confirmed, and (how many were, how many were told)
    of each reading that was told too few.
    """

    def __init__(self, port, unit, number, by):
        from danchu.kernel.days import today

        year = today().year
        self.address = f"http://127.0.0.1:{port}/figures/critiques/?unit={unit.pk}"
        self.address += f"&since={year}-01-01&last={year}-12-31"
        self.unit, self.number, self.by = unit, number, by
        self.first = self.told()
        self.confirmed = self.reads = 0
        self.faults, self.is_over = [], False

    def told(self):
        with urllib.request.urlopen(self.address, timeout=60) as answer:
            return int(_NUMBER.search(answer.read().decode())[1].replace(".", ""))

    def read(self):
        while not self.is_over and not self.faults:
            before = self.confirmed
            self._compare(before, self.told() - self.first, is_whole=False)
            time.sleep(0.02)

    def write(self):
        from django.db import connection

        from danchu.kernel.days import today
        from danchu.register.actions import confirm_event, draft_event

        try:
            while self.confirmed < self.number and not self.faults:
                event = draft_event(
                    "critique",
                    by=self.by,
                    unit=self.unit,
                    held_on=today(),
                    title=f"Phản biện {self.confirmed}",
                    form="written",
                )
                confirm_event(event, by=self.by)
                self.confirmed += 1
                self._compare(self.confirmed, self.told() - self.first, is_whole=True)
        finally:
            self.is_over = True
            connection.close()

    def _compare(self, confirmed, told, *, is_whole):
        self.reads += 1
        if told < confirmed or (is_whole and told != confirmed):
            self.faults.append((confirmed, told))
