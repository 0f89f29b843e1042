"""For one body, indicator and time either records or a statement counts, whoever comes first,
even at the same moment.
"""

import threading
from datetime import date
from io import BytesIO

import pytest
from django.db import close_old_connections, connection

from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.register.actions import (
    attach_paper,
    confirm_event,
    confirm_statement,
    correct_event,
    correct_statement,
    draft_event,
    draft_statement,
    withdraw_event,
    withdraw_statement,
)
from danchu.register.models import Event, Statement
from danchu.units.actions import open_body
from tests.people.conftest import REFORM

BY, DAY = Actor.system("test"), date(2025, 9, 9)
MONTH = {"since": date(2025, 9, 1), "until": date(2025, 10, 1)}


@pytest.fixture
def bodies(country):
    """Two bodies of one commune."""
    return [
        open_body(country.here, by=BY, kind="agency", name=f"Phòng {n}", since=REFORM)
        for n in (1, 2)
    ]


def event(body, on=DAY, named=True):
    return draft_event(
        "dialogue",
        by=BY,
        unit=body.unit,
        body=body if named else None,
        held_on=on,
        title="Đối thoại",
    )


def stated(body, pdf, **more):
    made = draft_statement(
        by=BY, body=body, **{"indicator": "dialogues", "amount": 3, **MONTH, **more}
    )
    attach_paper(made, BytesIO(pdf), "a.pdf", by=BY)
    return made


def test_a_record_is_refused_where_a_statement_counts(bodies, pdf):
    confirm_statement(stated(bodies[0], pdf()), by=BY)
    with pytest.raises(Refused, match="đã có số liệu báo cáo bằng giấy"):
        confirm_event(event(bodies[0]), by=BY)
    with pytest.raises(Refused):  # of no body: it may be of this one
        confirm_event(event(bodies[0], named=False), by=BY)
    assert confirm_event(event(bodies[1]), by=BY), "another body keeps its own book"
    assert confirm_event(event(bodies[0], on=date(2025, 10, 1)), by=BY), "the day after"
    assert confirm_event(event(bodies[0], on=date(2025, 8, 31)), by=BY), "the day before"


def test_a_statement_is_refused_where_records_count(bodies, pdf):
    confirm_event(event(bodies[0]), by=BY)
    with pytest.raises(Refused, match="1 hồ sơ"):
        confirm_statement(stated(bodies[0], pdf()), by=BY)
    assert confirm_statement(stated(bodies[1], pdf()), by=BY)
    assert confirm_statement(stated(bodies[0], pdf(), indicator="dialogue_participants"), by=BY), (
        "the record says nought of it"
    )
    with pytest.raises(Refused):
        confirm_statement(
            stated(bodies[1], pdf(), since=date(2025, 9, 30), until=date(2025, 11, 1)), by=BY
        )


def test_what_is_withdrawn_or_corrected_away_leaves_the_place(bodies, pdf):
    first = confirm_event(event(bodies[0]), by=BY)
    waiting = stated(bodies[0], pdf())
    moved = correct_event(first, by=BY, reason="Nhầm ngày", held_on=date(2025, 8, 9))
    counted = confirm_statement(waiting, by=BY)
    with pytest.raises(Refused):
        correct_event(moved, by=BY, reason="Nhầm lại", held_on=DAY)
    assert Event.objects.get(pk=moved.pk).state == "confirmed"
    withdraw_statement(counted, by=BY, reason="Đã nhập hồ sơ")
    correct_event(moved, by=BY, reason="Đúng ngày", held_on=DAY)
    assert Statement.objects.counted().count() == 0


def test_a_correction_of_a_statement_does_not_spread_over_records(bodies, pdf):
    confirm_event(event(bodies[0], on=date(2025, 10, 5)), by=BY)
    counted = confirm_statement(stated(bodies[0], pdf()), by=BY)
    with pytest.raises(Refused):
        correct_statement(counted, by=BY, reason="Cả quý", until=date(2025, 11, 1))
    assert Statement.objects.get(pk=counted.pk).state == "confirmed"
    corrected = correct_statement(counted, by=BY, reason="Đếm lại", amount=4)
    assert [s.amount for s in Statement.objects.counted()] == [corrected.amount] == [4]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "rivals", ["a record and a statement", "a record and a stated part", "two statements"]
)
def test_two_at_the_same_moment_are_never_both_counted(bodies, pdf, rivals):
    part = {"indicator": "dialogues.authority"} if rivals == "a record and a stated part" else {}
    one, other = (
        stated(bodies[0], pdf(), **part),
        stated(bodies[0], pdf(1)) if rivals == "two statements" else event(bodies[0]),
    )
    gate, outcomes = threading.Barrier(2), []

    def confirm(act, thing):
        close_old_connections()
        try:
            gate.wait(10)
            act(thing, by=BY)
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    acts = [
        (confirm_statement, one),
        (confirm_statement if rivals == "two statements" else confirm_event, other),
    ]
    threads = [threading.Thread(target=confirm, args=pair) for pair in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["done", "refused"]
    assert Statement.objects.counted().count() + Event.objects.counted().count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_draft_confirmed_twice_at_the_same_moment_counts_once(bodies):
    draft, gate, outcomes = event(bodies[0]), threading.Barrier(2), []

    def confirm(act):
        close_old_connections()
        try:
            gate.wait(10)
            act()
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=confirm, args=(lambda: confirm_event(draft, by=BY),))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["done", "refused"]
    withdraw_event(Event.objects.get(), by=BY, reason="Nhầm")
