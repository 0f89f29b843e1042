"""Two calls of a program at the same moment, each with a connection of its own, do one thing."""

import threading
from datetime import date
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from danchu.casework.models import Petition
from danchu.kernel.days import today
from danchu.people.actions import appoint, create_account
from danchu.people.actor import Actor
from danchu.people.models import OfficeKind
from danchu.register.models import Batch, Event
from danchu.units.find import unit_from
from tests.api.test_open311 import SENT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.plants]
BY = Actor.system("test")
KEYS = [f"0b6f6f0e-4c3a-4a5f-9f5e-2a1de1a8c00{number}" for number in range(3)]
TABLE = (
    "reference,kind,form,held_on,unit_code,title,participants\n"
    "N-1,supervision_217,delegation,03/03/2026,00004,Giám sát quỹ,45\n"
)


@pytest.fixture(scope="module", autouse=True)
def _installed(country_database):
    """On a copy of an installed database; a new one after each test."""


def at_once(number, call):
    """The answers of `number` calls begun at the same moment."""
    gate = threading.Barrier(number)
    answers = []

    def run():
        try:
            gate.wait(10)
            answers.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _time in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == number
    return answers


def request_sent(key, **more):
    headers = {"Idempotency-Key": key} if key else {}
    return Client().post(
        "/open311/v2/requests.json",
        {**SENT, **more},
        headers=headers,
        REMOTE_ADDR="203.0.113.7",
    )


def test_requests_of_open311_at_once_are_one_request_also_when_the_note_has_expired():
    """By the key, and without one by the content; each answer has the same code and secret."""
    for number, (key, has_expired) in enumerate(product((KEYS[0], ""), (False, True)), 1):
        if has_expired:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE people_count SET expires = now() - interval '1 day'")
        answers = at_once(3, lambda key=key: request_sent(key))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert Petition.objects.count() == number


def test_other_contents_at_once_under_one_key_are_refused_and_other_keys_are_not():
    contents = iter(("Nắp cống vỡ", "Đèn đường hỏng"))
    answers = at_once(2, lambda: request_sent(KEYS[1], description=next(contents)))
    assert sorted(answer.status_code for answer in answers) == [201, 422]
    assert Petition.objects.count() == 1
    keys = iter(KEYS)
    answers = at_once(2, lambda: request_sent(next(keys) + "-other"))
    assert [answer.status_code for answer in answers] == [201, 201]
    assert Petition.objects.count() == 3


def test_a_refused_call_lets_the_one_that_waited_try(settings):
    answers = at_once(2, lambda: request_sent(KEYS[2], phone="abc"))
    assert [answer.status_code for answer in answers] == [400, 400]
    assert not Petition.objects.exists()
    assert request_sent(KEYS[2]).status_code == 201


def test_imports_at_once_under_one_key_are_one_import(settings, tmp_path):
    settings.PAPERS_ROOT, settings.DEMO = tmp_path, True
    chair = create_account(by=BY, email="chair@example.vn", name="chair", password="mot-cau-dai")
    office = OfficeKind.objects.get(key="front_chair")
    ward = unit_from(f"00004@{today().isoformat()}")
    appoint(chair, by=BY, office_kind=office, unit=ward, since=date(2025, 7, 1))

    def send():
        client = Client()
        client.force_login(chair)
        return client.post(
            "/api/v1/imports",
            {"file": SimpleUploadedFile("so.csv", TABLE.encode())},
            headers={"Idempotency-Key": KEYS[0]},
        )

    answers = [answer.json() for answer in at_once(3, send)]
    assert answers[0] == answers[1] == answers[2] and answers[0]["new"] == 1
    assert answers[0]["batch"] == Batch.objects.get().pk and Event.objects.count() == 1
