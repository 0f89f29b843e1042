"""People without an address of mail: invited by their telephone, they log in by an address of their
own.
"""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from danchu.kernel.refusals import Denied, Refused
from danchu.notices.letters import letters_for
from danchu.notices.models import Notice
from danchu.people.actor import Actor
from danchu.people.models import Account, Holding
from danchu.staff import actions
from danchu.staff.set_up import missing_things
from tests.staff.conftest import (  # noqa: F401
    NOW,
    PASSWORD,
    accept,
    actor,
    code_of,
    country,
    holder,
    offer,
    offices,
    person,
    staff,
    system,
)


@pytest.fixture
def invited(staff):  # noqa: F811
    chair = actor(staff.ward_chair)
    return offer(chair, staff, email="", phone="0912 345 678", channel="sms")


def test_the_message_holds_the_code_and_its_queue_does_not(invited):
    notice = Notice.objects.get()
    assert (notice.channel, notice.target) == ("sms", "0912345678")
    text = letters_for([notice])[notice.pk].text
    assert code_of(invited) in text and code_of(invited) not in notice.text


def test_a_newcomer_says_by_which_address_they_log_in(invited):
    with pytest.raises(Refused) as refusal:
        accept(invited)
    assert refusal.value.field == "email"
    account = accept(invited, email="Moi@example.vn")
    assert (account.email, account.name) == ("moi@example.vn", "Lê Thị Mới")
    assert Holding.objects.filter(account=account, office_kind="commune_clerk").exists()
    # Typed by its owner: an identity provider must not log somebody in by it unseen.
    assert not EmailAddress.objects.get(user=account).verified


def test_the_address_of_somebody_else_is_refused(invited, staff):  # noqa: F811
    with pytest.raises(Refused) as refusal:
        accept(invited, email=staff.clerk.email)
    assert refusal.value.field == "email"
    assert not Holding.objects.filter(account=staff.clerk, unit=invited.unit).exclude(
        office_kind="commune_clerk"
    )


def test_somebody_logged_in_takes_it_with_their_account(staff):  # noqa: F811
    invitation = offer(
        actor(staff.ward_chair), staff, "steering_officer", email="", phone="0912345678"
    )
    account = accept(invitation, by=actor(staff.clerk))
    assert account == staff.clerk


@pytest.mark.parametrize(
    ("contact", "channel", "field"),
    [
        ({"email": "", "phone": ""}, "letter", "email"),
        ({"email": "", "phone": "0912345678"}, "mail", "channel"),
        ({"email": "a@b.vn", "phone": ""}, "sms", "channel"),
        ({"email": "", "phone": "12"}, "letter", "phone"),
    ],
)
def test_somebody_who_cannot_be_reached_so_is_refused(staff, contact, channel, field):  # noqa: F811
    with pytest.raises(Refused) as refusal:
        offer(actor(staff.ward_chair), staff, channel=channel, **contact)
    assert refusal.value.field == field


def test_two_people_with_telephones_are_two(staff):  # noqa: F811
    chair = actor(staff.ward_chair)
    offer(chair, staff, email="", phone="0912345678")
    offer(chair, staff, email="", phone="0912345679", name="Lê Văn Hai")
    with pytest.raises(Refused) as refusal:
        offer(chair, staff, email="", phone="+84 912345678")
    assert refusal.value.field == "phone"


def test_by_pages(invited):
    client = Client()
    code = code_of(invited)
    page = client.post("/accounts/join/", {"code": code}).content.decode()
    assert "Địa chỉ thư điện tử để đăng nhập" in page
    typed = {"code": code, "take": "1", "password": PASSWORD, "again": PASSWORD}
    wrong = client.post("/accounts/join/", {**typed, "email": "khong phai"})
    assert wrong.status_code == 400 and 'id="id_email_error"' in wrong.content.decode()
    assert client.post("/accounts/join/", {**typed, "email": "moi@example.vn"}).status_code == 302
    assert Account.objects.get(email="moi@example.vn").check_password(PASSWORD)


class TestVacant:
    """The first offices where somebody held one, or was invited in vain."""

    def invite(self, staff, **more):  # noqa: F811
        return offer(actor(staff.operator), staff, "auditor", staff.country.province, **more)

    def test_an_invitation_nobody_took_in_time_blocks_nobody(self, staff, clock):  # noqa: F811
        first = self.invite(staff)
        with pytest.raises(Denied, match="thu hồi giấy mời"):
            self.invite(staff, email="hai@example.vn")
        clock.forward(days=15)
        second = self.invite(staff, email="hai@example.vn", since=NOW + timedelta(days=15))
        with pytest.raises(Denied):
            actions.send_again(first, by=actor(staff.operator), channel="letter")
        assert accept(second).email == "hai@example.vn"

    def test_the_wrong_person_is_replaced_while_nothing_is_kept(self, staff, clock):  # noqa: F811
        from danchu.people.actions import end_holding

        account = accept(self.invite(staff))
        with pytest.raises(Denied, match="chỉ người ấy mời được"):
            self.invite(staff, email="hai@example.vn")
        end_holding(account.holdings.get(), by=actor(staff.operator), until=NOW)
        assert self.invite(staff, email="hai@example.vn").is_first

    def test_where_files_are_kept_the_operator_gives_it_no_second_time(
        self,
        staff,  # noqa: F811
        monkeypatch,
        settings,
    ):
        from danchu.people.actions import end_holding

        account = accept(self.invite(staff))
        office = account.holdings.get().office_kind_id
        end_holding(account.holdings.get(), by=actor(staff.operator), until=NOW)
        assert f"vacant_{office}" not in [thing.key for thing in missing_things()]
        monkeypatch.setattr("danchu.staff.first._keeps_files", lambda units: True)
        with pytest.raises(Denied, match="danchu account appoint"):
            self.invite(staff, email="hai@example.vn")
        settings.DEMO = False
        ways = {thing.key: thing.how for thing in missing_things()}
        assert "danchu account appoint" in ways[f"vacant_{office}"]
        assert "head" not in ways

    def test_who_may_not_give_an_office_reads_why_on_its_field(self, staff, client):  # noqa: F811
        client.force_login(staff.ward_chair)
        answer = client.post(
            "/desk/account-invitations/new/",
            {
                "name": "Lê Thị Mới",
                "email": "moi@example.vn",
                "office_kind": "inspection_head",
                "unit": staff.country.here.pk,
                "since": "01/01/2026",
                "grounds": "QĐ 1",
                "channel": "letter",
            },
        )
        text = answer.content.decode()
        assert answer.status_code == 400 and "moi@example.vn" in text
        assert Actor.of(staff.ward_chair, NOW).may("appoint", "office", staff.country.here)
