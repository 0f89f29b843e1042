"""The queue at the desk of who administers, and what `danchu check` says of it."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.config.job_checks import queue_moves
from danchu.jobs import querysets
from danchu.jobs.queue import defer, queue
from danchu.jobs.tasks import tidy
from danchu.jobs.words import TASK_WORDS
from danchu.jobs.writes.failures import keep_failure
from danchu.people.actions import appoint, create_account
from danchu.people.models import OfficeKind
from danchu.units.models import Unit
from tests.desk.conftest import BY

PAGE = "/desk/jobs/"


@pytest.fixture
def operator(officials, client):
    account = create_account(by=BY, email="vanhanh@example.vn", name="Vận hành")
    appoint(
        account,
        by=BY,
        office_kind=OfficeKind.objects.get(key="operator"),
        unit=Unit.objects.get(level="nation"),
        since=date(2025, 7, 1),
    )
    client.force_login(account)
    return officials


def failed_job():
    job = defer(tidy, timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job])
    keep_failure(job, "jobs.tidy", 0, "OSError (danchu/x.py:1): No space left on device")
    return job


def test_a_failed_job_is_shown_with_its_error_and_can_be_tried_again(operator, client):
    job = failed_job()
    text = client.get(PAGE).content.decode()
    assert "Dọn hàng đợi" in text and "No space left on device" in text
    assert f"{PAGE}{job}/again/" in text
    answer = client.post(f"{PAGE}{job}/again/", follow=True)
    assert "sẽ được chạy lại ngay" in answer.content.decode()
    assert querysets.numbers()[querysets.WAITING] == 1
    again = client.post(f"{PAGE}{job}/again/", follow=True)
    assert "không ở trạng thái hỏng" in again.content.decode()


def test_every_kind_of_job_has_a_name():
    names = {name for name in queue.tasks if "procrastinate" not in name and name[:5] != "test."}
    assert names == set(TASK_WORDS)


def test_only_who_administers_the_whole_sees_it(operator, client, officials):
    job = failed_job()
    client.force_login(officials.clerk)
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}{job}/again/").status_code == 403
    assert querysets.numbers()[querysets.FAILED] == 1


def test_a_page_of_three_asks_as_much_as_a_page_of_one(operator, client):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            failed_job()
        client.get(PAGE)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(PAGE).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_a_queue_that_stands_still_is_found():
    assert list(queue_moves()) == []
    job = defer(tidy, timestamp=0)
    assert list(queue_moves()) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - %s WHERE job_id = %s",
            [timedelta(minutes=42), job],
        )
    (trouble,) = queue_moves()
    assert re.search("Không tiến trình nào .* 42 phút", trouble.what)
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_register_worker_v1()")
    (trouble,) = queue_moves()
    assert "đứng yên" in trouble.what


@pytest.mark.django_db
def test_failed_jobs_are_told_of():
    failed_job()
    (trouble,) = queue_moves()
    assert "1 việc chạy nền không xong" in trouble.what
