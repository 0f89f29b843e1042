"""Leaving: every office, delegation, token and session of a person ends; an operator remains."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest

from danchu.kernel.refusals import Denied, Refused
from danchu.people import actions
from danchu.people.actor import Actor
from danchu.people.models import Account, Delegation, Holding, Token
from danchu.people.operators import operators
from tests.people.conftest import DAY, NOW

PASSWORD = "mot-cau-dai-de-nho"


@pytest.fixture
def operator(country, holder, clock):
    clock.set(NOW.isoformat())
    return holder("operator", country.nation, "Quản Trị").account


def of(account):
    return Actor.of(account, NOW)


def test_leaving_ends_offices_of_today_and_tomorrow_delegations_tokens_and_sessions(
    country, holder, operator, system, offices, client
):
    chair = holder("committee_chair", country.here, "Chủ Tịch")
    gone = holder("commune_clerk", country.here, "Công Chức").account
    coming = actions.appoint(
        gone,
        by=system,
        office_kind=offices["commune_clerk"],
        unit=country.village,
        since=NOW + 9 * DAY,
    )
    actions.delegate_right(
        chair,
        by=of(chair.account),
        to=gone,
        verb="confirm",
        kind="dialogue",
        since=NOW,
        until=NOW + 30 * DAY,
        reason="Đi công tác",
    )
    actions.issue_token(gone, by=system, name="Máy", until=NOW + timedelta(days=30))
    client.force_login(gone)
    actions.close_account(gone, by=of(chair.account), reason="Chuyển công tác")
    assert not Holding.objects.on(NOW).filter(account=gone).exists()
    coming.refresh_from_db()
    assert coming.until == coming.since
    assert Delegation.objects.get(to=gone).until == NOW
    assert Token.objects.get(account=gone).revoked_at is not None
    request = HttpRequest()
    request.session = client.session
    assert not get_user(request).is_authenticated
    assert not of(gone).may("confirm", "dialogue", country.here)
    actions.reactivate_account(gone, by=of(operator), reason="Trở lại")
    assert not of(Account.objects.get(pk=gone.pk)).may("draft", "dialogue", country.here)


def test_who_closes_an_account_may_end_all_that_the_person_holds(country, holder, operator):
    ward = of(holder("committee_chair", country.here, "Chủ Tịch").account)
    for office, place in [
        ("front_chair", country.here),
        ("commune_clerk", country.far),
        ("committee_chair", country.province),
        ("operator", country.here),
    ]:
        person = holder(office, place, f"Người {office} {place.pk}").account
        with pytest.raises(Denied):
            actions.close_account(person, by=ward, reason="Thử")
        with pytest.raises(Denied):
            actions.end_holding(person.holdings.get(), by=ward, until=NOW)
        actions.close_account(person, by=of(operator), reason="Nghỉ")


@pytest.mark.parametrize("act", ["close", "lock", "end", "end later"])
def test_the_last_operator_stays(country, holder, operator, system, act):
    holder("operator", country.nation, "Tạm Thời", until=NOW + 30 * DAY)
    holder("operator", country.province, "Của Tỉnh")
    holding = operator.holdings.get()
    with pytest.raises(Refused, match="cuối cùng"):
        if act == "close":
            actions.close_account(operator, by=system, reason="Nghỉ")
        elif act == "lock":
            actions.deactivate_account(operator, by=system, reason="Nghỉ")
        else:
            until = NOW if act == "end" else NOW + 60 * DAY
            actions.end_holding(holding, by=system, until=until)
    assert operators().filter(account=operator).exists()
    second = holder("operator", country.nation, "Quản Trị Hai").account
    actions.end_holding(holding, by=of(second), until=NOW)
    assert list(operators().filter(until=None).values_list("account", flat=True)) == [second.pk]


def test_nobody_closes_their_own_account_or_one_twice_or_without_a_reason(
    country, holder, operator, system
):
    holder("operator", country.nation, "Quản Trị Hai")
    clerk = holder("commune_clerk", country.here, "Công Chức").account
    with pytest.raises(Refused, match="chính mình"):
        actions.close_account(operator, by=of(operator), reason="Nghỉ")
    with pytest.raises(Refused) as refusal:
        actions.close_account(clerk, by=of(operator), reason=" ")
    assert refusal.value.field == "reason"
    actions.close_account(clerk, by=of(operator), reason="Nghỉ")
    with pytest.raises(Refused, match="đã đóng"):
        actions.close_account(clerk, by=of(operator), reason="Nghỉ")


@pytest.mark.django_db(transaction=True)
def test_of_two_operators_who_close_each_other_at_once_one_remains(country, holder, clock):
    clock.set(NOW.isoformat())
    pair = [holder("operator", country.nation, f"Quản Trị {name}").account for name in "AB"]
    start, outcomes = Barrier(2), []

    def close(mine, other):
        by = of(mine)
        start.wait()
        try:
            actions.close_account(other, by=by, reason="Nghỉ")
            outcomes.append("closed")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=close, args=(pair[one], pair[1 - one])) for one in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["closed", "refused"]
    assert operators().count() == 1
