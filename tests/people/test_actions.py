"""Accounts and offices: who may make them, what is refused, what the journal keeps."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.kernel.refusals import Denied, Refused
from danchu.people import actions
from danchu.people.actor import Actor
from danchu.people.loading import load_office_kinds, rights_of
from danchu.people.models import Account, Holding, OfficeRight
from danchu.units.models import Body
from tests.people.conftest import DAY, NOW, REFORM


def acts():
    return list(Entry.objects.order_by("number").values_list("act", flat=True))


def last():
    return Entry.objects.order_by("-number").first()


def make(system, email="An@Example.VN ", name=" Nguyễn  Văn An", password="mot-cau-dai-de-nho"):
    return actions.create_account(by=system, email=email, name=name, password=password)


def test_an_account_logs_in_by_its_address_however_it_is_typed(system):
    account = make(system)
    assert (account.email, account.name) == ("an@example.vn", "Nguyễn Văn An")
    assert Account.objects.get_by_natural_key(" AN@example.vn") == account
    assert authenticate(username="An@example.vn", password="mot-cau-dai-de-nho") == account


def test_the_journal_keeps_no_address_of_the_account(system):
    make(system)
    assert (last().act, last().kind, last().data) == ("account.created", "account", {})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "không phải thư"}, "email"),
        ({"name": " "}, "name"),
        ({"password": "ngan"}, "password"),
        ({"password": "1234567890"}, "password"),
        ({"password": "an@example.vn"}, "password"),
    ],
    ids=str,
)
def test_an_account_is_refused_with_the_field_named(system, wrong, field):
    with pytest.raises(Refused) as refusal:
        make(system, **wrong)
    assert refusal.value.field == field
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("ngan", "quá ngắn: cần ít nhất 10 ký tự"),
        ("an@example.vn", "quá giống"),
        ("Nguyễn Văn An", "quá giống"),
        ("1234567890", "phổ biến"),
        ("84639175028", "số"),
    ],
)
def test_a_weak_password_is_refused_in_vietnamese(system, password, says):
    with pytest.raises(Refused, match=says) as refusal:
        make(system, password=password)
    assert "password" not in str(refusal.value)


def test_an_address_is_used_once(system):
    make(system)
    with pytest.raises(Refused, match="Đã có"):
        make(system, email="AN@EXAMPLE.vn")


def test_the_database_keeps_addresses_in_lower_case(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(email="An@example.vn", name="An")


def test_an_account_without_password_cannot_log_in_by_one(system):
    account = make(system, password=None)
    assert not account.has_usable_password()


@pytest.mark.parametrize("office", ["committee_chair", "operator", "auditor", "steering_officer"])
def test_only_an_operator_of_the_whole_country_makes_accounts(country, holder, office):
    actor = Actor.of(holder(office, country.province).account, NOW)
    with pytest.raises(Denied):
        make(actor)
    assert Account.objects.count() == 1


def test_a_chair_appoints_below_him_and_nowhere_else(country, holder, person, offices):
    chair = Actor.of(holder("committee_chair", country.province).account, NOW)
    clerk = person("Trần Thị Bình")
    actions.appoint(
        clerk, by=chair, office_kind=offices["commune_clerk"], unit=country.here, since=REFORM
    )
    assert last().data["office"] == "commune_clerk"
    assert (last().act, last().unit_id) == ("office.appointed", country.here.pk)
    with pytest.raises(Denied):
        actions.appoint(
            clerk, by=chair, office_kind=offices["commune_clerk"], unit=country.far, since=REFORM
        )
    assert Holding.objects.filter(account=clerk).count() == 1


@pytest.mark.parametrize("office", ["operator", "auditor"])
def test_nobody_gives_an_office_with_rights_he_lacks(country, holder, person, offices, office):
    chair = Actor.of(holder("committee_chair", country.province).account, NOW)
    with pytest.raises(Denied, match="rộng hơn"):
        actions.appoint(
            person("Bình"), by=chair, office_kind=offices[office], unit=country.here, since=REFORM
        )


def test_an_office_is_not_held_twice_at_once(country, holder, system, offices):
    held = holder("commune_clerk", country.here, until=NOW)
    again = {"by": system, "office_kind": offices["commune_clerk"], "unit": country.here}
    with pytest.raises(Refused, match="đã giữ chức trách"):
        actions.appoint(held.account, **again, since=NOW - DAY)
    actions.appoint(held.account, **again, since=NOW)
    assert held.account.holdings.count() == 2


def test_an_office_starts_while_its_unit_exists(country, holder):
    with pytest.raises(Refused, match="không tồn tại"):
        holder("commune_clerk", country.here, since=REFORM - DAY)
    with pytest.raises(Refused, match="không tồn tại"):
        holder("commune_clerk", country.old_cut, "B Hai", since=REFORM)


def test_an_office_ends_after_it_begins(country, holder):
    with pytest.raises(Refused, match="sau ngày bắt đầu"):
        holder("commune_clerk", country.here, since=NOW, until=NOW)


def test_a_body_belongs_to_the_unit_of_the_office(country, person, system, offices):
    body = Body.objects.create(unit=country.far, kind="peoples_committee")
    with pytest.raises(Refused, match="không thuộc"):
        actions.appoint(
            person("Bình"),
            by=system,
            office_kind=offices["commune_clerk"],
            unit=country.here,
            since=NOW,
            body=body,
        )


def test_a_deputy_holds_the_same_office_at_the_same_unit(country, holder):
    chair = holder("committee_chair", country.here)
    with pytest.raises(Refused, match="cùng chức trách"):
        holder("committee_chair", country.next_door, "B Hai", deputy_of=chair)
    with pytest.raises(Refused, match="cùng chức trách"):
        holder("commune_clerk", country.here, "B Ba", deputy_of=chair)
    deputy = holder("committee_chair", country.here, "B Bốn", deputy_of=chair)
    with pytest.raises(Refused, match="làm thay"):
        holder("committee_chair", country.here, "B Năm", deputy_of=deputy)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (NOW - DAY, NOW + 3 * DAY),
        (NOW, NOW + 6 * DAY),
        (NOW + 5 * DAY, None),
        (NOW + 5 * DAY, NOW + 6 * DAY),
    ],
)
def test_a_deputy_stays_within_the_time_of_the_office_he_deputises(country, holder, since, until):
    chair = holder("committee_chair", country.here, since=NOW, until=NOW + 5 * DAY)
    with pytest.raises(Refused, match="nằm trong thời gian"):
        holder("committee_chair", country.here, "B Hai", since, until, deputy_of=chair)
    holder("committee_chair", country.here, "B Ba", NOW, NOW + 5 * DAY, deputy_of=chair)
    holder("committee_chair", country.here, "B Bốn", NOW, None, deputy_of=chair)


def test_an_ended_office_is_not_lengthened(country, holder, system):
    held = holder("commune_clerk", country.here)
    actions.end_holding(held, by=system, until=NOW)
    with pytest.raises(Refused, match="rút ngắn"):
        actions.end_holding(held, by=system, until=NOW + DAY)
    with pytest.raises(Refused, match="trước ngày bắt đầu"):
        actions.end_holding(held, by=system, until=REFORM - DAY)
    assert Holding.objects.get(pk=held.pk).until == NOW


def test_a_clerk_ends_nobodys_office(country, holder):
    held = holder("committee_chair", country.here)
    clerk = Actor.of(holder("commune_clerk", country.here, "Bình Hai").account, NOW)
    with pytest.raises(Denied):
        actions.end_holding(held, by=clerk, until=NOW)


def test_a_deactivated_account_logs_in_no_more_and_may_nothing(country, holder, system):
    held = holder("commune_clerk", country.here)
    actions.deactivate_account(held.account, by=system, reason="nghỉ việc")
    assert not Actor.of(held.account, NOW).may("view", "dialogue", country.here)
    actions.reactivate_account(held.account, by=system, reason="trở lại")
    assert Actor.of(held.account, NOW).may("view", "dialogue", country.here)
    assert acts()[-2:] == ["account.deactivated", "account.reactivated"]


def test_an_operator_does_not_lock_himself_out(country, holder):
    held = holder("operator", country.nation)
    with pytest.raises(Refused, match="chính mình"):
        actions.deactivate_account(held.account, by=Actor.of(held.account, NOW), reason="")


def test_loading_the_offices_again_changes_and_records_nothing(offices, system):
    entries, rights = Entry.objects.count(), set(OfficeRight.objects.values_list("pk"))
    assert load_office_kinds(by=system) == []
    assert (Entry.objects.count(), set(OfficeRight.objects.values_list("pk"))) == (entries, rights)


def test_loading_mends_what_differs_and_records_it(offices, system):
    OfficeRight.objects.filter(office_kind="auditor", verb="verify").delete()
    OfficeRight.objects.create(office_kind_id="auditor", verb="seal", kind="report")
    assert load_office_kinds(by=system) == ["auditor"]
    assert set(
        OfficeRight.objects.filter(office_kind="auditor").values_list("verb", "kind")
    ) == rights_of("auditor")
    assert last().act == "office_kind.loaded"


def test_an_operator_of_a_province_does_not_load_the_offices(country, holder):
    with pytest.raises(Denied):
        load_office_kinds(by=Actor.of(holder("operator", country.province).account, NOW))


def test_all_this_leaves_the_journal_whole(country, holder, system):
    actions.end_holding(holder("commune_clerk", country.here), by=system, until=NOW)
    assert verify_chain() == []
