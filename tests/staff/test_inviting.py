"""Inviting people to an office: who may, what is refused, what a code opens and when."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.notices.letters import letters_for
from danchu.notices.models import Notice
from danchu.people.actions import close_account, end_holding
from danchu.people.actor import PRIVATE_KINDS, VERBS, Actor
from danchu.people.giving import NEEDED_OF_NO_GIVER
from danchu.people.loading import rights_of, rights_table
from danchu.people.models import Account, Holding
from danchu.staff import actions
from danchu.staff.first import FIRST_OFFICES
from danchu.staff.models import Invitation
from tests.people.conftest import DAY, NOW
from tests.sizes import long, size
from tests.staff.conftest import PASSWORD, accept, actor, code_of, offer

OFFICES = sorted(rights_table()["offices"])


def last():
    return Entry.objects.order_by("-number").first()


def test_an_invited_person_gets_an_account_and_the_office_and_nothing_else(staff):
    invitation = offer(actor(staff.ward_chair), staff)
    assert not Account.objects.filter(email="moi@example.vn").exists()
    account = accept(invitation)
    holding = account.holdings.get()
    assert (holding.office_kind_id, holding.unit) == ("commune_clerk", staff.country.here)
    assert authenticate(username="moi@example.vn", password=PASSWORD) == account
    assert last().act == "account_invitation.accepted"
    appointed = Entry.objects.get(act="office.appointed", subject=str(holding.pk))
    assert appointed.actor == f"account:{staff.ward_chair.pk}"


def test_neither_the_journal_nor_the_database_keeps_a_code_or_an_address(staff):
    invitation = offer(actor(staff.ward_chair), staff, channel="mail")
    code = code_of(invitation)
    actions.print_letter(invitation, by=actor(staff.ward_chair))
    for entry in Entry.objects.all():
        assert code not in str(entry.data) and "moi@example.vn" not in str(entry.data)
    with connection.cursor() as cursor:
        for table in ("staff_invitation", "notices_notice"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            assert all(code not in row and code[:9] not in row for (row,) in cursor.fetchall())


def test_the_letter_by_mail_has_the_code_only_while_it_is_valid(staff, clock):
    invitation = offer(actor(staff.ward_chair), staff, channel="mail")
    notice = Notice.objects.get(subject_kind="account_invitation")
    letter = letters_for([notice])[notice.pk]
    assert code_of(invitation) in letter.text and code_of(invitation) not in letter.masked
    clock.forward(days=4)
    assert letters_for([notice]) == {}


def test_a_code_opens_one_account_once(staff):
    invitation = offer(actor(staff.ward_chair), staff)
    accept(invitation)
    with pytest.raises(Refused, match="đã dùng"):
        accept(invitation)
    assert Holding.objects.filter(account__email="moi@example.vn").count() == 1


@pytest.mark.parametrize(("channel", "days"), [("mail", 3), ("letter", 14)])
def test_a_code_is_valid_for_its_days_and_not_longer(staff, clock, channel, days):
    invitation = offer(actor(staff.ward_chair), staff, channel=channel)
    clock.forward(days=days)
    with pytest.raises(Refused, match="hết hạn"):
        accept(invitation)


def test_a_new_code_replaces_the_old_one_and_a_withdrawn_one_opens_nothing(staff):
    by = actor(staff.ward_chair)
    invitation = offer(by, staff)
    old = code_of(invitation)
    actions.send_again(invitation, by=by, channel="letter")
    with pytest.raises(Denied):
        accept(Invitation.objects.get(pk=invitation.pk), code=old)
    actions.withdraw_invitation(invitation, by=by, reason="Nhầm người")
    with pytest.raises(Refused):
        accept(Invitation.objects.get(pk=invitation.pk))
    with pytest.raises(Refused, match="đã thu hồi"):
        actions.send_again(invitation, by=by, channel="letter")


@pytest.mark.parametrize("code", ["", "BCFG-HJKM-NPQR-STVX-ZZZZ", "0" * 20, "\0", "đ" * 60])
def test_a_wrong_code_opens_nothing(staff, code):
    with pytest.raises(Denied):
        accept(offer(actor(staff.ward_chair), staff), code=code)
    assert not Account.objects.filter(email="moi@example.vn").exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "không phải thư"}, "email"),
        ({"name": " "}, "name"),
        ({"grounds": " "}, "grounds"),
        ({"until": NOW}, "until"),
        ({"since": NOW - 3 * DAY, "until": NOW - DAY}, "until"),
        ({"since": NOW.replace(year=2020)}, "since"),
        ({"email": "cong.chuc@example.vn"}, "email"),
    ],
    ids=str,
)
def test_an_invitation_is_refused_with_the_field_named(staff, wrong, field):
    with pytest.raises(Refused) as refusal:
        offer(actor(staff.ward_chair), staff, **wrong)
    assert refusal.value.field == field
    assert not Invitation.objects.exists()


def test_a_weak_password_is_refused_and_the_code_still_opens(staff):
    invitation = offer(actor(staff.ward_chair), staff)
    for weak in ("ngan", "1234567890", "moi@example.vn"):
        with pytest.raises(Refused) as refusal:
            accept(invitation, password=weak)
        assert refusal.value.field == "password"
    accept(invitation)


def test_two_invitations_of_one_person_to_one_office_are_one(staff):
    offer(actor(staff.ward_chair), staff)
    with pytest.raises(Refused, match="đã có giấy mời"):
        offer(actor(staff.chair), staff, email=" MOI@Example.vn")


def test_somebody_with_an_account_takes_an_office_while_logged_in_to_it(staff, person):
    account = person("Trần Hai")
    invitation = offer(actor(staff.ward_chair), staff, email=account.email)
    for other in (Actor.public(), actor(staff.clerk)):
        with pytest.raises(Denied, match="đăng nhập"):
            accept(invitation, by=other)
    accept(invitation, by=actor(account))
    assert account.holdings.get().office_kind_id == "commune_clerk"


def test_a_giver_who_left_gives_nothing_any_more(staff, system):
    invitation = offer(actor(staff.ward_chair), staff)
    end_holding(staff.ward_chair.holdings.get(), by=system, until=NOW)
    with pytest.raises(Refused, match="không còn quyền"):
        accept(invitation)
    close_account(staff.ward_chair, by=actor(staff.operator), reason="Nghỉ hưu")
    with pytest.raises(Refused, match="không còn quyền"):
        accept(invitation)
    assert not Account.objects.filter(email="moi@example.vn").exists()


def test_a_closed_account_is_invited_only_after_it_was_opened_again(staff, person):
    account = person("Trần Hai")
    close_account(account, by=actor(staff.operator), reason="Nghỉ")
    with pytest.raises(Refused, match="đã đóng"):
        offer(actor(staff.ward_chair), staff, email=account.email)


@pytest.mark.parametrize("office", OFFICES)
def test_nobody_invites_to_an_office_with_rights_they_lack(staff, office):
    """Slowly: each right of the office is asked for by itself."""
    for giver in (staff.operator, staff.chair, staff.ward_chair, staff.clerk):
        by = actor(giver)
        for unit in (staff.country.province, staff.country.here, staff.country.far):
            has_all = by.may("appoint", "office", unit) and all(
                by.may(verb, kind, unit)
                for verb, kind in rights_of(office) - NEEDED_OF_NO_GIVER.get(office, set())
            )
            is_new = office in FIRST_OFFICES and giver == staff.operator
            is_new &= not (office == "committee_chair" and unit != staff.country.far)
            try:
                invitation = offer(by, staff, office, unit)
            except Denied:
                assert not has_all and not is_new, (giver.name, unit.pk)
            else:
                assert has_all or is_new, (giver.name, unit.pk)
                assert invitation.is_first == (not has_all)
                invitation.delete()


def test_every_other_office_can_be_given_by_the_operator_a_chair_or_the_installation():
    chair = rights_of("committee_chair")

    def operator_has(verb, kind):
        return kind not in PRIVATE_KINDS

    def chair_has(verb, kind):
        return (verb, kind) in chair or ((verb, "*") in chair and kind not in PRIVATE_KINDS)

    for office in OFFICES:
        rights = rights_of(office) - NEEDED_OF_NO_GIVER.get(office, set())
        by_operator = all(operator_has(*right) for right in rights)
        by_chair = all(chair_has(*right) for right in rights)
        assert by_operator or by_chair or office in FIRST_OFFICES, office


def test_a_chair_names_the_officer_for_petitions_but_not_themselves(staff):
    chair = actor(staff.ward_chair)
    officer = accept(offer(chair, staff, "petition_officer"))
    assert actor(officer).may("draft", "commitment_result", staff.country.here)
    own = offer(chair, staff, "petition_officer", email=staff.ward_chair.email)
    with pytest.raises(Denied, match="rộng hơn quyền của chính mình"):
        accept(own, by=chair)
    assert not chair.may("draft", "commitment_result", staff.country.here)
    with pytest.raises(Denied, match="không giao được chức trách này"):
        offer(actor(staff.operator), staff, "petition_officer")


def test_the_installation_gives_its_first_chair_once_and_not_to_an_operator(staff, holder, person):
    operator = actor(staff.operator)
    far = staff.country.elsewhere
    with pytest.raises(Refused, match="không tự nhận"):
        offer(operator, staff, "committee_chair", far, email=staff.operator.email)
    invitation = offer(operator, staff, "committee_chair", far)
    assert invitation.is_first
    with pytest.raises(Denied, match="đang được mời"):
        offer(operator, staff, "committee_chair", far, email="hai@example.vn")
    chair = accept(invitation)
    assert actor(chair).may("view", "petition_file", staff.country.far)
    with pytest.raises(Denied):  # below, the chair gives it
        offer(operator, staff, "committee_chair", staff.country.far, email="ba@example.vn")
    offer(actor(chair), staff, "committee_chair", staff.country.far, email="ba@example.vn")


def test_a_first_office_waits_for_an_operator_who_still_is_one(staff, holder):
    second = holder("operator", staff.country.nation, "Quản Trị Hai")
    invitation = offer(actor(second.account), staff, "auditor", staff.country.nation)
    end_holding(second, by=actor(staff.operator), until=NOW)
    with pytest.raises(Refused):
        accept(invitation)


def rights_held(account, places):
    """{(verb, kind, unit id)} that an account may, asked one by one."""
    by = Actor.of(account, NOW)
    kinds = rights_table()["kinds"]
    return {
        (verb, kind, unit.pk)
        for verb in VERBS
        for kind in kinds
        for unit in places
        if by.may(verb, kind, unit)
    }


@long
def test_whoever_is_given_an_office_never_exceeds_the_giver(staff, db):
    """Any giver, office, place and order of steps; the first offices are given by nobody."""
    country = staff.country
    places = [country.province, country.here, country.next_door, country.village, country.far]
    givers = [staff.operator, staff.chair, staff.ward_chair, staff.clerk]
    number = iter(range(10**6))

    @hypothesis_settings(
        max_examples=size(25, 400), deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(
        index=st.integers(0, 1000),
        office=st.sampled_from(OFFICES),
        place=st.sampled_from([*places, country.nation]),
        days=st.integers(0, 5),
    )
    def play(index, office, place, days):
        giver = givers[index % len(givers)]
        email = f"nguoi{next(number)}@example.vn"
        by = Actor.of(giver, NOW)
        try:
            invitation = offer(
                by, staff, office, place, email=email, until=NOW + timedelta(days=days + 1)
            )
            taker = accept(invitation)
        except (Denied, Refused):
            assert not Account.objects.filter(email=email).exists()
            return
        if not invitation.is_first:
            more = rights_held(taker, places) - rights_held(giver, places)
            exempt = NEEDED_OF_NO_GIVER.get(office, set())
            assert {(verb, kind) for verb, kind, _unit in more} <= exempt
            givers.append(taker)

    play()


@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_that_take_an_office_at_once_one_does(staff):
    invitation = offer(actor(staff.ward_chair), staff)
    code, start, outcomes = code_of(invitation), Barrier(2), []

    def take():
        start.wait()
        try:
            accept(invitation, code=code)
            outcomes.append("taken")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=take) for _browser in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "taken"]
    assert Holding.objects.filter(account__email="moi@example.vn").count() == 1
