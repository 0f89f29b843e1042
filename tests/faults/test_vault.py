"""Who can write to the database opens no identity by it."""

from datetime import timedelta

import pytest
from django.db import connection

from danchu.journal.verify import verify_rooms
from danchu.kernel.days import now
from danchu.kernel.refusals import Denied, Refused
from danchu.vault import keys
from danchu.vault.actions import (
    add_missing_locks,
    ask_opening,
    bind_earlier_locks,
    hand_over_identity,
    judge_opening,
    read_identity,
    seal_identity,
)
from danchu.vault.contents import data_key_of, decrypt_words, is_bound
from danchu.vault.models import Lock, Opening, Sealed
from tests.casework.conftest import at, keys_apart  # noqa: F401
from tests.people.conftest import NOW, country, holder, offices, person, system  # noqa: F401

VICTIM, OTHER = "NTC-7QK4-M2ZD", "NTC-AAAA-BBBB"
WHY = "Cần mời người tố cáo làm việc"
EARLIER = "danchu.vault.actions.identities.VERSION"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march(clock):
    clock.set(NOW)


@pytest.fixture
def identities(country, system):
    """(the victim's, another's), sealed at one unit."""
    return [
        seal_identity(by=system, unit=country.here, pseudonym=pseudonym, words={"text": text})
        for pseudonym, text in ((VICTIM, "Trần Thị Kín Đáo"), (OTHER, "Người khác"))
    ]


@pytest.fixture
def granted(identities, at):
    """The officer to whom the opening of the other identity was granted."""
    officer = at("petition_officer")
    judge_opening(
        ask_opening(identities[1], by=officer, reason=WHY),
        by=at("inspectorate_chief"),
        granted=True,
    )
    return officer


@pytest.mark.case("SE-M4")
def test_content_and_lock_under_another_pseudonym_do_not_open(identities, granted):
    victim, other = identities
    assert read_identity(other, by=granted)[0] == {"text": "Người khác"}
    Sealed.objects.filter(pk=other.pk).update(content=victim.content)
    Lock.objects.filter(sealed=other).update(content=Lock.objects.get(sealed=victim).content)
    other.refresh_from_db()
    with pytest.raises(Refused):
        read_identity(other, by=granted)


@pytest.mark.case("SE-M4")
def test_a_row_that_grants_and_no_entry_opens_nothing(identities, at):
    victim, _other = identities
    officer, chief = at("petition_officer"), at("inspectorate_chief")
    opening = Opening.objects.create(
        sealed=victim,
        asked_by_id=officer.account_id,
        asked_at=now(),
        reason=WHY,
        judged_by_id=chief.account_id,
        judged_at=now(),
        granted=True,
        until=now().replace(hour=23),
    )
    with pytest.raises(Refused, match="Nhật ký không có"):
        read_identity(victim, by=officer)
    problems = [problem for problem in verify_rooms() if VICTIM in problem.place]
    assert len(problems) == 1 and str(opening.pk) in problems[0].place


@pytest.mark.case("SE-M4")
def test_a_grant_that_was_moved_to_another_identity_opens_nothing(identities, granted):
    victim, _other = identities
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE vault_opening SET sealed_id = %s", [victim.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(Refused, match="Nhật ký không có"):
        read_identity(victim, by=granted)


@pytest.mark.case("SE-M4")
def test_an_old_grant_that_was_prolonged_opens_nothing(identities, granted, clock):
    _victim, other = identities
    clock.set(NOW + timedelta(days=400))
    with pytest.raises(Denied):
        read_identity(other, by=granted)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE vault_opening SET judged_at = %s, until = %s",
            [now() - timedelta(minutes=1), now() + timedelta(minutes=20)],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(Refused, match="Nhật ký không có"):
        read_identity(other, by=granted)
    assert [problem.place for problem in verify_rooms() if OTHER in problem.place]


@pytest.mark.case("SE-M4")
def test_an_identity_that_was_moved_to_the_unit_of_an_accomplice_does_not_open(
    identities, country, at, system
):
    victim, _other = identities
    Sealed.objects.filter(pk=victim.pk).update(unit=country.next_door)
    victim.refresh_from_db()
    officer = at("petition_officer", "next_door")
    judge_opening(
        ask_opening(victim, by=officer, reason=WHY),
        by=at("inspectorate_chief", "next_door"),
        granted=True,
    )
    with pytest.raises(Refused, match="Nhật ký không có"):
        read_identity(victim, by=officer)


@pytest.mark.case("SE-M4")
def test_an_identity_that_was_handed_over_opens_at_its_new_unit(identities, country, at, system):
    victim, _other = identities
    hand_over_identity(victim, by=system, unit=country.next_door)
    victim.refresh_from_db()
    officer = at("petition_officer", "next_door")
    judge_opening(
        ask_opening(victim, by=officer, reason=WHY),
        by=at("inspectorate_chief", "next_door"),
        granted=True,
    )
    assert read_identity(victim, by=officer)[0] == {"text": "Trần Thị Kín Đáo"}


def unbound(identity):
    """Make the identity as an earlier version sealed it."""
    data_key = data_key_of(identity).key
    for lock in identity.locks.all():
        lock.content = keys.encrypt_key(data_key, keys.sealing_keys()[lock.key])
        lock.save()


@pytest.mark.case("SE-M4")
def test_locks_of_before_are_bound_once_and_not_accepted_afterwards(country, system, monkeypatch):
    monkeypatch.setattr(EARLIER, 1)
    victim, other = (
        seal_identity(by=system, unit=country.here, pseudonym=pseudonym, words={"text": text})
        for pseudonym, text in ((VICTIM, "Trần Thị Kín Đáo"), (OTHER, "Người khác"))
    )
    for identity in (victim, other):
        unbound(identity)
    assert decrypt_words(victim) == {"text": "Trần Thị Kín Đáo"}  # until the upgrade
    old = bytes(Lock.objects.get(sealed=victim).content)
    assert bind_earlier_locks(by=system) == 2
    assert bind_earlier_locks(by=system) == 0
    assert all(is_bound(lock.content) for lock in Lock.objects.all())
    assert decrypt_words(Sealed.objects.get(pk=victim.pk)) == {"text": "Trần Thị Kín Đáo"}
    Sealed.objects.filter(pk=other.pk).update(content=victim.content)
    Lock.objects.filter(sealed=other).update(content=old)
    with pytest.raises(Refused):
        decrypt_words(Sealed.objects.get(pk=other.pk))
    assert bind_earlier_locks(by=system) == 0  # an upgrade launders nothing that was planted


def test_nobody_but_the_system_binds_locks(at):
    with pytest.raises(Denied):
        bind_earlier_locks(by=at("operator"))


@pytest.mark.case("SE-M4")
def test_a_new_key_binds_too(identities, system):
    victim, _other = identities
    keys.add_key()
    add_missing_locks(by=system)
    assert Lock.objects.filter(sealed=victim).count() == 2
    assert all(is_bound(lock.content) for lock in Lock.objects.all())
    first = sorted(keys.opening_keys())[0]
    keys.drop_private_half(first)
    assert decrypt_words(Sealed.objects.get(pk=victim.pk)) == {"text": "Trần Thị Kín Đáo"}
