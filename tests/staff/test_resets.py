"""A lost second factor: one asks, another confirms; a sole operator has a printed code."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from danchu.kernel.days import now
from danchu.kernel.refusals import Denied, Refused
from danchu.notices.models import Notice
from danchu.people.actions import close_account, end_holding
from danchu.people.actor import Actor
from danchu.people.models import Account
from danchu.staff import actions
from danchu.staff.lives import PERSON_LIFE
from danchu.staff.models import FactorReset, PrintedCode
from tests.people.conftest import NOW
from tests.staff.conftest import PASSWORD, actor, with_factor

REASON = "Mất điện thoại"


def has_factor(account):
    return Authenticator.objects.filter(user=account).exists()


def test_two_persons_remove_a_lost_factor_and_its_owner_is_told(staff, client):
    clerk = with_factor(staff.clerk)
    client.force_login(clerk)
    actions.ask_reset(clerk, by=actor(staff.ward_chair), reason=REASON)
    assert has_factor(clerk)
    actions.confirm_reset(clerk, by=actor(staff.chair))
    assert not has_factor(clerk)
    assert client.get("/desk/").status_code == 302
    letters = Notice.objects.filter(target=clerk.email).order_by("pk")
    assert ["đề nghị" in letters[0].text, "đã được gỡ" in letters[1].text] == [True, True]
    reset = FactorReset.objects.get()
    assert (reset.state, reset.asked_by, reset.ended_by) == ("done", staff.ward_chair, staff.chair)


def test_whoever_asked_does_not_confirm_nor_the_owner(staff, holder):
    person = with_factor(holder("committee_chair", staff.country.here, "Phó").account)
    actions.ask_reset(person, by=actor(staff.ward_chair), reason=REASON)
    for same in (staff.ward_chair, person):
        assert "confirm_reset" not in PERSON_LIFE.acts_of(person, actor(same))
        with pytest.raises(Denied, match="người khác"):
            actions.confirm_reset(person, by=actor(same))
    assert "confirm_reset" in PERSON_LIFE.acts_of(person, actor(staff.chair))
    actions.drop_reset(person, by=actor(staff.chair))
    with pytest.raises(Denied, match="người khác"):
        actions.ask_reset(person, by=actor(person), reason=REASON)
    assert has_factor(person)


def test_the_database_knows_that_it_takes_two(staff):
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.create(
            account=staff.clerk,
            state="done",
            reason=REASON,
            asked_by=staff.chair,
            asked_at=now(),
            ended_by=staff.chair,
            ended_at=now(),
        )


def test_who_may_not_end_all_that_a_person_holds_neither_asks_nor_confirms(staff):
    operator, chair = with_factor(staff.operator), with_factor(staff.chair)
    for target, by in [(operator, staff.chair), (chair, staff.ward_chair), (chair, staff.clerk)]:
        with pytest.raises(Denied):
            actions.ask_reset(target, by=actor(by), reason=REASON)
    actions.ask_reset(chair, by=actor(staff.operator), reason=REASON)
    with pytest.raises(Denied):
        actions.confirm_reset(chair, by=actor(staff.ward_chair))
    with pytest.raises(Denied):
        actions.drop_reset(chair, by=actor(staff.clerk))


def test_one_reset_waits_at_a_time_and_is_dropped_or_grows_old(staff, clock):
    clerk = with_factor(staff.clerk)
    by = actor(staff.ward_chair)
    actions.ask_reset(clerk, by=by, reason=REASON)
    with pytest.raises(Refused, match="đang chờ"):
        actions.ask_reset(clerk, by=actor(staff.chair), reason=REASON)
    clock.forward(days=7)
    with pytest.raises(Refused, match="bảy ngày"):
        actions.confirm_reset(clerk, by=actor(staff.chair))
    actions.drop_reset(clerk, by=by)
    with pytest.raises(Refused, match="Không có đề nghị"):
        actions.confirm_reset(clerk, by=actor(staff.chair))
    assert has_factor(clerk)


def test_a_word_of_somebody_who_left_counts_no_more(staff, system):
    clerk = with_factor(staff.clerk)
    actions.ask_reset(clerk, by=actor(staff.ward_chair), reason=REASON)
    end_holding(staff.ward_chair.holdings.get(), by=system, until=NOW)
    with pytest.raises(Refused, match="không còn quyền"):
        actions.confirm_reset(clerk, by=actor(staff.chair))


def test_there_must_be_a_factor_and_a_reason(staff):
    with pytest.raises(Refused, match="chưa bật"):
        actions.ask_reset(staff.clerk, by=actor(staff.ward_chair), reason=REASON)
    with pytest.raises(Refused) as refusal:
        actions.ask_reset(with_factor(staff.clerk), by=actor(staff.ward_chair), reason=" ")
    assert refusal.value.field == "reason"


@pytest.fixture
def sole(staff):
    """The only operator, with a password, a second factor and a printed code."""
    operator = Account.objects.get(pk=staff.operator.pk)
    operator.set_password(PASSWORD)
    operator.save()
    return with_factor(operator), actions.print_code(by=actor(operator))


def by_code(operator, code, **more):
    values = {"email": operator.email, "password": PASSWORD, "code": code, **more}
    return actions.reset_by_code(by=Actor.public(), **values)


def test_a_sole_operator_uses_the_printed_code_once(sole):
    operator, code = sole
    assert code not in str(list(PrintedCode.objects.values()))
    by_code(operator, code.lower().replace("-", " "))
    assert not has_factor(operator)
    with pytest.raises(Denied):
        by_code(operator, code)


def test_who_was_asked_for_a_code_when_the_factor_was_lost_logs_in_by_password_then(sole, client):
    """The way on which the product leads: from the page of the code to that of the printed one."""
    operator, code = sole
    typed = {"login": operator.email, "password": PASSWORD}
    assert client.post("/accounts/login/", typed).url == "/accounts/2fa/authenticate/"
    by_code(operator, code)
    answer = client.get("/accounts/login/", follow=True)
    assert [path for path, _status in answer.redirect_chain] == [
        "/accounts/2fa/authenticate/",
        "/accounts/login/",
    ]
    client.post("/accounts/login/", typed)
    assert int(client.session["_auth_user_id"]) == operator.pk


@pytest.mark.parametrize(
    "wrong", [{"code": "BCFG-HJKM-NPQR-STVX"}, {"password": "khac"}, {"email": "ai@example.vn"}]
)
def test_a_wrong_part_opens_nothing_and_says_the_same(sole, wrong):
    operator, code = sole
    with pytest.raises(Denied, match="chưa đúng"):
        by_code(operator, **{"code": code, **wrong})
    assert has_factor(operator)


def test_with_a_second_operator_the_code_opens_nothing(sole, staff, holder):
    operator, code = sole
    second = holder("operator", staff.country.nation, "Quản Trị Hai").account
    with pytest.raises(Refused, match="người quản trị khác"):
        by_code(operator, code)
    close_account(second, by=actor(operator), reason="Nghỉ")
    by_code(operator, code)


def test_a_new_code_replaces_the_old_one_and_only_operators_have_one(sole, staff):
    operator, code = sole
    actions.print_code(by=actor(operator))
    with pytest.raises(Denied):
        by_code(operator, code)
    for other in (staff.chair, staff.clerk):
        with pytest.raises(Denied):
            actions.print_code(by=actor(other))
