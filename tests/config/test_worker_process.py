"""The worker on the queue inside the served product: started, started again, not under a clock just
set; killed in the middle of a job, what it was at is done by the next one.
"""

import os
import subprocess
import sys

import psycopg
import pytest

from danchu.config import worker_process
from danchu.config.web import WebFailed
from danchu.config.worker_process import DISTRUST_SECONDS, Worker, worker_concurrency
from tests.config.conftest import Installation, database_of_its_own, rows, wait_for
from tests.sizes import turn

PROGRAM = """
import asyncio, sys, time
import django
django.setup()
from django.db import transaction
from danchu.jobs.queue import defer, queue
from danchu.jobs.work import work
from danchu.kernel.days import now

@queue.task(name="test.slow")
def slow():
    if sys.argv[1] == "stay":
        print("begun", flush=True)
        time.sleep(60)
    print("done", flush=True)

if sys.argv[1] == "ask":
    with transaction.atomic():
        defer(slow, lock="slow")
else:
    asyncio.run(work(1, with_rounds=False))
"""


class Child:
    """A worker that runs until it is told to have ended."""

    def __init__(self, with_rounds):
        self.with_rounds = with_rounds
        self.returncode = None

    def poll(self):
        return self.returncode

    def terminate(self):
        self.returncode = -15

    def wait(self, _seconds=None):
        return self.returncode


@pytest.fixture
def played(monkeypatch):
    """(tend after so many seconds, the worker, the children begun, set the wall clock by)"""
    monkeypatch.setattr(worker_process, "say", lambda text: None)
    monkeypatch.delenv("DANCHU_JOBS", raising=False)
    times, begun = {"steady": 1000.0, "apart": 1.7e9}, []

    def start(at_once, with_rounds):
        assert at_once == 2
        begun.append(Child(with_rounds))
        return begun[-1]

    worker = Worker(
        start, wall=lambda: times["steady"] + times["apart"], steady=lambda: times["steady"]
    )

    def after(seconds, clock_set_by=0):
        times["steady"] += seconds
        times["apart"] += clock_set_by
        worker.tend()
        return len(begun)

    return after, worker, begun


def test_a_worker_begins_at_once_and_again_when_it_ended(played):
    after, _worker, begun = played
    assert after(0) == 1 and begun[0].with_rounds
    assert after(3600) == 1
    begun[0].returncode = 1
    assert after(1) == 1
    assert after(1) == 2


def test_a_worker_that_dies_at_once_is_waited_for_longer_each_time(played):
    after, _worker, begun = played
    after(0)
    begun[0].returncode = 1
    after(1)
    after(1)
    assert len(begun) == 2
    begun[1].returncode = 1
    after(0)
    assert after(1) == 2 and after(1) == 3


@pytest.mark.parametrize("by", [-86_400, 365 * 86_400, 3600])
def test_under_a_clock_that_was_just_set_nothing_begins_by_it_for_a_quarter_of_an_hour(played, by):
    after, _worker, begun = played
    after(0)
    assert after(5, clock_set_by=by) == 2
    assert begun[0].returncode == -15 and not begun[1].with_rounds
    assert after(DISTRUST_SECONDS - 1) == 2
    assert after(2) == 3
    assert begun[1].returncode == -15 and begun[2].with_rounds


def test_a_clock_set_by_seconds_is_no_matter(played):
    after, _worker, _begun = played
    after(0)
    assert after(60, clock_set_by=30) == 1


def test_a_worker_is_ended_with_the_product(played):
    after, worker, begun = played
    worker.stop()
    after(0)
    worker.stop()
    assert begun[0].returncode == -15


def test_how_many_jobs_at_a_time_is_asked_for_in_the_environment(monkeypatch, played):
    for text in ("viele", "-1", "33"):
        monkeypatch.setenv("DANCHU_JOBS", text)
        with pytest.raises(WebFailed, match="DANCHU_JOBS"):
            worker_concurrency()
    monkeypatch.setenv("DANCHU_JOBS", "0")
    _after, _worker, begun = played
    Worker(lambda *_: begun.append(1)).tend()
    assert begun == []


@pytest.fixture
def migrated_url(django_db_blocker):
    """The URL of a database of its own with the tables of the product."""
    from danchu.config.pg_tools import url_of
    from tests.migrated import template

    name = f"danchu_worker_{os.getpid()}"
    with django_db_blocker.unblock():
        copied_from = template()
    with database_of_its_own(name, copied_from):
        yield url_of(name)


@turn(2, together=0)
def test_killed_in_the_middle_of_a_job_it_is_done_by_the_next_worker_once(migrated_url, folder):
    url = migrated_url
    installation = Installation(
        folder,
        DATABASE_URL=url,
        DANCHU_JOBS_STALLED="1",
        DJANGO_SETTINGS_MODULE="danchu.config.settings",
    )

    def program(word):
        return subprocess.Popen(
            [sys.executable, "-c", PROGRAM, word],
            env=installation.environment,
            cwd=folder,
            stdout=subprocess.PIPE,
            text=True,
        )

    with program("ask") as asking:
        assert asking.wait(60) == 0
    with program("stay") as first:
        assert first.stdout.readline() == "begun\n"
        first.kill()
    state = "SELECT status::text FROM procrastinate_jobs"
    assert rows(url, state) == [("doing",)]
    with program("go") as second:
        assert second.stdout.readline() == "done\n"
        wait_for(lambda: rows(url, state) == [])
        wait_for(lambda: rows(url, "SELECT count(*) FROM procrastinate_workers") == [(1,)])
        second.terminate()
        assert second.wait(30) == 0
        assert second.stdout.read() == ""
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone() == (0,)
