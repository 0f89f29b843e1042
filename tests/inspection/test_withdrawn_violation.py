"""A violation that the board took back: nothing is recommended about it, sent or settled."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from danchu.inspection import actions
from danchu.inspection.models import Finding, Recommendation
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from tests.people.conftest import NOW

FOUND, WITHDRAWN, SENT = date(2025, 8, 10), date(2025, 8, 11), date(2025, 8, 12)


@pytest.fixture
def violation(bodies, system):
    return actions.record_finding(
        by=system, board=bodies[0], found_on=FOUND, title="Thu tiền không có hóa đơn"
    )


def drafted_about(violation, bodies, by):
    board, committee = bodies
    return actions.draft_recommendation(
        by=by,
        board=board,
        answerer=committee,
        title="Trả lại tiền",
        finding="Thu tiền không có hóa đơn.",
        found_on=FOUND,
        violation=violation,
    )


def take_back(violation, by):
    return actions.withdraw_finding(violation, by=by, on=WITHDRAWN, reason="Có hóa đơn.")


def test_nothing_is_recommended_about_a_violation_that_was_withdrawn(violation, bodies, system):
    take_back(violation, system)
    with pytest.raises(Refused) as refusal:
        drafted_about(violation, bodies, system)
    assert refusal.value.field == "violation"
    assert not Recommendation.objects.exists()


def test_a_violation_with_a_recommendation_is_not_withdrawn_before_that_is(
    violation, bodies, system
):
    recommendation = drafted_about(violation, bodies, system)
    with pytest.raises(Refused):
        take_back(violation, system)
    assert Finding.objects.get().withdrawn_on is None
    actions.withdraw_recommendation(recommendation, by=system, reason="Có hóa đơn.")
    assert take_back(violation, system).withdrawn_on == WITHDRAWN


@pytest.mark.parametrize("act", ["confirm", "send"])
def test_what_an_earlier_version_let_through_is_neither_confirmed_nor_sent(
    violation, bodies, system, act
):
    recommendation = drafted_about(violation, bodies, system)
    if act == "send":
        actions.confirm_recommendation(recommendation, by=system)
    Finding.objects.update(withdrawn_on=WITHDRAWN, reason="Có hóa đơn.")
    with pytest.raises(Refused, match="Ban đã rút"):
        if act == "confirm":
            actions.confirm_recommendation(recommendation, by=system)
        else:
            actions.send_recommendation(recommendation, by=system, sent_on=SENT, received_on=SENT)
    assert not Finding.objects.get().is_recommended


def test_the_database_holds_no_violation_that_is_withdrawn_and_recommended(violation):
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.update(withdrawn_on=WITHDRAWN, reason="Không", is_recommended=True)


def test_at_the_desk_the_withdrawal_is_neither_offered_nor_taken(
    violation, bodies, system, holder, country, client
):
    drafted_about(violation, bodies, system)
    head = holder("inspection_head", country.here, name="Trưởng Ban").account
    assert Actor.of(head, NOW).may("withdraw", "inspection_round", country.here)
    client.force_login(head)
    address = f"/desk/findings/{violation.uid}/"
    assert f"{address}withdraw/" not in client.get(address).content.decode()
    answer = client.post(f"{address}withdraw/", {"on": "11/08/2025", "reason": "Có hóa đơn."})
    assert answer.status_code == 400
    assert Finding.objects.get().withdrawn_on is None
