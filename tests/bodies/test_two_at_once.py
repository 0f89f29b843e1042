"""Two who open the only body of a kind at one moment: one does, the other is told."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.units.actions import open_body
from danchu.units.models import Body
from tests.people.conftest import country  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
BY = Actor.system("kiểm thử")


def test_of_two_committees_opened_at_one_moment_one_is_refused(country):
    ends, begun = [], threading.Event()

    def open_another(name="UBND hai"):
        return open_body(
            country.here, by=BY, kind="peoples_committee", name=name, since=date(2025, 7, 1)
        )

    def wait_and_open():
        begun.set()
        try:
            ends.append(open_another())
        except Refused as refusal:
            ends.append(refusal.field)
        finally:
            connection.close()

    with transaction.atomic():
        open_another("UBND một")
        waiting = threading.Thread(target=wait_and_open)
        waiting.start()
        begun.wait(10)
        with connection.cursor() as cursor:  # until the other session waits for the unit
            for _turn in range(200):
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = "
                    "current_database() AND wait_event_type = 'Lock'"
                )
                if cursor.fetchone()[0]:
                    break
                cursor.execute("SELECT pg_sleep(0.05), pg_stat_clear_snapshot()")
            else:
                pytest.fail("the other never waited")
    waiting.join(30)
    assert (ends, Body.objects.count()) == (["kind"], 1)
