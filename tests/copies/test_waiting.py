"""One process works a page out while the others wait, also when it is killed meanwhile."""

import os
import signal
import subprocess
import sys
import time
from threading import Thread

import pytest
from django.db import connection, connections
from django.http import HttpResponse
from django.test import RequestFactory

from danchu.copies import memory, shared
from danchu.copies.changes import Feed
from danchu.look import copies
from danchu.look.copies import copies_middleware

pytestmark = pytest.mark.django_db(transaction=True)
HOLDER = """
import sys, time
import psycopg
connection = psycopg.connect(sys.argv[1], autocommit=True)
connection.execute("SELECT pg_advisory_lock(%s, %s)", [int(sys.argv[2]), int(sys.argv[3])])
print("held", flush=True)
time.sleep(60)
"""


def page(work):
    """The middleware over a page that calls `work` when it is worked out."""

    def work_out(request):
        work()
        return HttpResponse("một trang")

    ask = copies_middleware(work_out)
    return lambda: ask(RequestFactory().get("/figures/"))


def at_once(*asks):
    """Ask in one thread each; when all have been answered, how many were."""
    answered = []

    def run(ask):
        answered.append(ask().content)
        connections.close_all()

    threads = [Thread(target=run, args=[ask]) for ask in asks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return len(answered)


def test_one_works_the_page_out_and_the_others_wait_for_it(kept):
    ask = page(lambda: time.sleep(0.3))
    assert at_once(*[ask] * 6) == 6
    assert len(kept) == 1


def test_another_process_takes_what_the_first_shared(kept, monkeypatch):
    ask = page(lambda: None)
    ask()
    memory.forget_all()  # as a process that has just started
    monkeypatch.setattr(memory, "feed", Feed())
    ask()
    assert len(kept) == 1


def test_when_the_one_that_works_is_killed_the_next_works_the_page_out(kept):
    key = copies._key(RequestFactory().get("/figures/"))
    second = int.from_bytes(key[:4], "big", signed=True)
    words = connection.get_connection_params()
    place = " ".join(
        f"{name}={words[given]}"
        for name, given in (("dbname", "dbname"), ("host", "host"), ("user", "user"))
        if words.get(given)
    ) + (f" port={words['port']}" if words.get("port") else "")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, place, str(shared.LOCK), str(second)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PGPASSWORD": words.get("password") or ""},
    )
    try:
        assert holder.stdout.readline() == b"held\n"
        ask = page(lambda: None)
        answered = []

        def wait():
            answered.append(ask())
            connections.close_all()

        waiting = Thread(target=wait)
        waiting.start()
        waiting.join(0.5)
        assert (answered, kept) == ([], [])
        holder.send_signal(signal.SIGKILL)
        waiting.join(20)
        assert [answer.content for answer in answered] == ["một trang".encode()]
        assert kept == [1]
    finally:
        holder.kill()
        holder.wait()


def test_who_waits_too_long_works_the_page_out_alone(kept, monkeypatch):
    monkeypatch.setattr(shared, "WAIT_SECONDS", 0.2)
    ask = page(lambda: time.sleep(0.8))
    assert at_once(ask, ask) == 2
    assert len(kept) == 2


def test_a_page_that_fails_leaves_no_lock(kept):
    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        page(fail)()
    assert at_once(page(lambda: None)) == 1


def test_who_waits_takes_what_was_worked_out_since_he_asked_though_more_has_changed(kept):
    """A page that changes while it is worked out is not worked out for each reader in turn."""

    def work():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM units_decree")
        time.sleep(0.3)
        # As another process would, at the end of each working out.
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("UPDATE units_decree SET number = number")
        other.close()

    assert at_once(*[page(work)] * 8) == 8
    assert len(kept) <= 3
