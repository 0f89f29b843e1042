"""The queue: asked for in the act's own transaction, tried again, one runner a job, rescued."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, transaction
from django.db import connections as all_connections
from procrastinate import App
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params
from procrastinate.periodic import PeriodicDeferrer
from procrastinate.psycopg_connector import PsycopgConnector

from danchu.jobs import querysets
from danchu.jobs.actions import try_again
from danchu.jobs.models import Failure
from danchu.jobs.queue import BackOff, defer, queue
from danchu.jobs.tasks import KEPT_DAYS, tidy
from danchu.jobs.work import MOST_DEATHS, work
from danchu.jobs.writes.failures import error_summary
from danchu.journal.models import Entry
from danchu.kernel.days import now
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor

BY = Actor.system("test")
CALLS = []


@queue.task(name="test.note", retry=BackOff(first=0, most=2))
def note(word, fails=False):
    CALLS.append(word)
    if fails:
        raise RuntimeError("Nguyễn Văn A, 0912 345 678")


@pytest.fixture(autouse=True)
def _fresh(settings):
    CALLS.clear()
    settings.JOBS_STALLED_SECONDS = 30


def run_apart(coroutine):
    """Run it in a thread of its own: the loop of the browsers of this process stays theirs."""

    async def run_and_close():
        try:
            await coroutine
        finally:  # the worker's own writes have a thread that outlives the loop
            await sync_to_async(all_connections.close_all)()

    def run():
        try:
            asyncio.run(run_and_close())
        finally:
            all_connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(run).result()


def do_jobs(at_once=1):
    """Do what waits, with a worker on the database of the test."""
    run_apart(work(at_once, with_rounds=False, until_empty=True))


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_no_job():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        defer(note, word="lost")
        raise ZeroDivisionError
    with transaction.atomic():
        defer(note, word="kept")
    do_jobs()
    assert CALLS == ["kept"]


@pytest.mark.django_db(transaction=True)
def test_a_job_is_asked_for_inside_a_transaction_only():
    with pytest.raises(RuntimeError):
        defer(note, word="outside")


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["Nguyễn Văn A", "a@example.vn", "0912 345 678", {"a": 1}, 1.5])
def test_words_of_people_are_no_arguments(word):
    with pytest.raises(ValueError):
        defer(note, word=word)


@pytest.mark.django_db
@pytest.mark.parametrize("word", [7, True, None, "records", "1b4e28ba-2fa1-11d2-883f-0016d3cca427"])
def test_ids_and_names_are_arguments(word):
    assert defer(note, word=word)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_three_times_is_kept_with_what_it_said_and_can_be_tried_again():
    with transaction.atomic():
        job = defer(note, word="bad", fails=True)
    do_jobs()
    assert CALLS == ["bad"] * 3
    (row,) = querysets.jobs_in(querysets.FAILED)
    assert row.pk == job
    assert "RuntimeError" in row.error and "Nguyễn" not in row.error
    assert list(
        Failure.objects.filter(job=job).order_by("pk").values_list("attempt", flat=True)
    ) == [1, 2, 3]
    try_again(job, by=BY)
    assert querysets.numbers()[querysets.WAITING] == 1
    assert Entry.objects.filter(act="job.tried_again").count() == 1
    do_jobs()
    assert CALLS == ["bad"] * 4
    assert querysets.numbers()[querysets.FAILED] == 1


@pytest.mark.django_db(transaction=True)
def test_only_a_failed_job_is_tried_again_and_only_by_who_administers():
    with transaction.atomic():
        job = defer(note, word="fine")
    with pytest.raises(Refused):
        try_again(job, by=BY)
    with pytest.raises(Refused):
        try_again(job + 1000, by=BY)
    with pytest.raises(Denied):
        try_again(job, by=Actor.public())


@pytest.mark.django_db(transaction=True)
def test_jobs_of_one_lock_run_one_after_the_other_even_with_two_workers():
    running, most = [0], [0]

    @queue.task(name="test.locked")
    def locked(number):
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.02)
        CALLS.append(number)
        running[0] -= 1

    with transaction.atomic():
        for number in range(8):
            defer(locked, lock="one", number=number)

    async def both():
        await asyncio.gather(*(work(3, with_rounds=False, until_empty=True) for _ in range(2)))

    for _ in range(10):
        run_apart(both())
        if len(CALLS) == 8:
            break
    assert list(range(8)) == CALLS and most == [1]


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_is_done_by_another_and_one_that_kills_all_is_given_up(settings):
    settings.JOBS_STALLED_SECONDS = 0.2
    with transaction.atomic():
        lost, deadly = defer(note, word="lost"), defer(note, word="deadly")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') "
            "RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = "
            "CASE WHEN id = %s THEN %s ELSE 0 END",
            [worker, deadly, MOST_DEATHS],
        )
    for _ in range(5):
        do_jobs()
        if CALLS:
            break
    assert CALLS == ["lost"]
    assert not ProcrastinateJob.objects.filter(pk=lost).exists()
    (row,) = querysets.jobs_in(querysets.FAILED)
    assert row.pk == deadly and row.error


@pytest.mark.case("FA4")
@pytest.mark.django_db(transaction=True)
def test_a_periodic_job_whose_worker_died_holds_up_neither_the_next_one_nor_others(settings):
    """The next one came to wait before the dead one was noticed, as after a power cut."""
    settings.JOBS_STALLED_SECONDS = 0.2
    rounds = note.configure(lock="test.round", queueing_lock="test.round")
    with transaction.atomic():
        dead, other = rounds.defer(word="dead"), defer(note, word="other")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') "
            "RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])
    with transaction.atomic():
        rounds.defer(word="next")
    for _ in range(5):
        do_jobs()
        if len(CALLS) == 2:
            break
    assert sorted(CALLS) == ["next", "other"]
    assert not ProcrastinateJob.objects.filter(pk__in=[dead, other]).exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_due_by_the_clock_is_asked_for_once_an_hour_however_many_servers_there_are():
    due = int(now().timestamp()) // 3600 * 3600

    async def two_servers():
        await asyncio.gather(*(_defer_round(due) for _ in range(2)))

    async def _defer_round(second):

        app = App(connector=PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=2))
        app.tasks, app.periodic_registry = queue.tasks, queue.periodic_registry
        deferrer = PeriodicDeferrer(app.periodic_registry, max_delay=3600)
        async with app.open_async():
            rounds = [
                (task, at)
                for task, at in deferrer.get_previous_tasks(at=second + 8 * 60)
                if task.task.name == "due_days.round"
            ]
            assert rounds[0][1] == second + 7 * 60
            await deferrer.defer_jobs(rounds)

    for _ in range(2):
        run_apart(two_servers())
    assert ProcrastinateJob.objects.filter(task_name="due_days.round").count() == 1
    all_connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_failed_jobs_are_forgotten_after_two_weeks():
    with transaction.atomic():
        old, fresh = (defer(note, word=word, fails=True) for word in ("old", "fresh"))
    do_jobs()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - %s WHERE job_id = %s",
            [timedelta(days=KEPT_DAYS, hours=1), old],
        )
    tidy.func(0)
    assert set(ProcrastinateJob.objects.values_list("pk", flat=True)) == {fresh}


def test_of_an_error_only_what_cannot_name_a_person_is_kept():
    def said(error):
        try:
            raise error
        except type(error) as raised:
            return error_summary(raised)

    assert "Nguyễn" not in said(ValueError("Nguyễn Văn A"))
    assert said(ValueError("x")).startswith("ValueError (")
    assert "Hết chỗ" in said(Refused("Hết chỗ"))
    assert "No space left" in said(OSError(28, "No space left on device"))
