"""What one does while another waits for the same row is seen by the other once it is his."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from danchu.inspection import actions
from danchu.obligations.models import Obligation

pytestmark = pytest.mark.django_db(transaction=True)

SENT, RECEIVED = date(2025, 8, 15), date(2025, 8, 18)


def test_an_answer_that_waited_for_the_sending_stops_the_clock_the_sending_began(drafted, system):
    it = actions.confirm_recommendation(drafted(), by=system)
    ended, begun = [], threading.Event()

    def answer():
        try:
            begun.set()
            ended.append(
                actions.answer_recommendation(
                    it, by=system, on=date(2025, 8, 20), answer="full", text="Đã trả lại tiền."
                )
            )
        except Exception as fault:  # noqa: BLE001
            ended.append(fault)
        finally:
            connection.close()

    with transaction.atomic():
        actions.send_recommendation(it, by=system, sent_on=SENT, received_on=RECEIVED)
        waiting = threading.Thread(target=answer)
        waiting.start()
        begun.wait(10)
        with connection.cursor() as cursor:  # until the other's session waits for the row
            for _turn in range(200):
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = "
                    "current_database() AND wait_event_type = 'Lock'"
                )
                if cursor.fetchone()[0]:
                    break
                cursor.execute("SELECT pg_sleep(0.05), pg_stat_clear_snapshot()")
            else:
                pytest.fail("the answer never waited")
    waiting.join(30)
    assert (
        ended[0].in_time is True
        and Obligation.objects.get(subject_kind="recommendation").state == "met"
    )
