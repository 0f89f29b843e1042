"""What the vault refuses: without the right, twice, for files and keys that are not there."""

import errno
import io
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.vault import keys
from danchu.vault.actions import (
    ask_opening,
    hand_over_identity,
    judge_opening,
    read_identity,
    read_sealed_file,
    remove_locks,
    seal_identity,
)
from danchu.vault.models import Lock, Opening, Sealed, SealedFile
from tests.casework.conftest import at, keys_apart, law, registered  # noqa: F401
from tests.people.conftest import country, holder, offices, person, system  # noqa: F401

REASON = "Cần mời người tố cáo làm việc"


@pytest.fixture
def identity(country, system):
    """A sealed identity with one file, at `here`."""
    return seal_identity(
        by=system,
        unit=country.here,
        pseudonym="NTC-7QK4-M2ZD",
        words={"persons": [{"name": "Trần Thị Kín Đáo"}], "text": ""},
        files=[("anh.jpg", b"\xff\xd8\xff\xd9")],
    )


@pytest.fixture
def granted(identity, at):
    """(who may read the identity now, the opening)"""
    officer = at("petition_officer")
    opening = ask_opening(identity, by=officer, reason=REASON)
    return officer, judge_opening(opening, by=at("inspectorate_chief"), granted=True)


def status():
    out = io.StringIO()
    call_command("vault", "status", stdout=out)
    return out.getvalue()


def test_no_office_without_petitions_seals_or_hands_over(identity, country, at):
    for actor in (at("auditor"), at("front_clerk")):
        with pytest.raises(Denied):
            seal_identity(by=actor, unit=country.here, pseudonym="N1", words={})
        with pytest.raises(Denied):
            hand_over_identity(identity, by=actor, unit=country.next_door)
    assert Sealed.objects.get().unit == country.here


def test_a_request_that_waits_opens_nothing(identity, at):
    officer = at("petition_officer")
    opening = ask_opening(identity, by=officer, reason=REASON)
    assert opening.is_open() is False
    with pytest.raises(Denied):
        read_identity(identity, by=officer)


def test_a_request_is_judged_once(granted, at):
    _officer, opening = granted
    with pytest.raises(Refused, match="đã có người quyết định"):
        judge_opening(opening, by=at("inspectorate_chief", name="chief 2"), granted=False)
    assert Opening.objects.get().granted is True


def test_only_who_was_granted_it_reads_a_file_and_only_one_that_is_there(identity, granted, at):
    officer, _opening = granted
    file = SealedFile.objects.get()
    assert read_identity(identity, by=officer)[1] == [(file.pk, "anh.jpg", 4)]
    assert read_sealed_file(identity, file.pk, by=officer) == ("anh.jpg", b"\xff\xd8\xff\xd9")
    with pytest.raises(Refused, match="Không có tệp này"):
        read_sealed_file(identity, file.pk + 1, by=officer)
    others = (at("committee_chair"), at("inspectorate_chief", name="chief 2"))
    for actor in (*others, Actor.system("dòng lệnh")):
        with pytest.raises(Denied):
            read_sealed_file(identity, file.pk, by=actor)


def test_a_sealed_identity_a_file_a_lock_and_a_request_do_not_name_anyone(identity, granted):
    _officer, opening = granted
    texts = [str(row) for row in (identity, SealedFile.objects.get(), Lock.objects.get(), opening)]
    assert texts[0] == "NTC-7QK4-M2ZD"
    assert [text for text in texts if "Kín" in text or "anh.jpg" in text] == []


def test_locks_stay_while_nothing_else_opens_an_identity(identity, system):
    [old] = keys.opening_keys()
    keys.add_key()
    keys.drop_key(old)
    with pytest.raises(Refused, match="khóa cũ"):
        remove_locks([old], by=system)
    assert [lock.key for lock in Lock.objects.all()] == [old]
    with pytest.raises(Denied):
        remove_locks([old], by=Actor.public())


def test_a_key_that_is_another_does_not_open_a_lock(identity):
    lock = Lock.objects.get()
    name = keys.add_key()
    other = keys.opening_keys()[name]
    with pytest.raises(Refused, match="khóa không đúng"):
        keys.decrypt_key(lock.content, other)


def test_a_key_that_is_deleted_while_the_ring_is_read_is_left_out(identity, settings, monkeypatch):
    second = keys.add_key()
    read_text = Path.read_text

    def vanishing(path, *arguments, **options):
        if path.stem == second:
            raise FileNotFoundError(path)
        return read_text(path, *arguments, **options)

    monkeypatch.setattr(Path, "read_text", vanishing)
    assert second not in keys.opening_keys() and len(keys.opening_keys()) == 1


def test_the_commands_say_which_file_they_need(identity):
    for act, option in (("escrow", "--out"), ("recover", "--key")):
        with pytest.raises(CommandError, match=option):
            call_command("vault", act, stdout=io.StringIO())
    with pytest.raises(CommandError, match="khong-co"):
        call_command("vault", "recover", key="khong-co", stdout=io.StringIO())


def test_a_full_disk_or_a_missing_stick_leaves_no_part_of_an_escrowed_key(
    identity, tmp_path, monkeypatch
):
    def full(*_given):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = keys.sealing_keys()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(CommandError, match="No space"):
            call_command("vault", "escrow", out=str(tmp_path / "usb"), stdout=io.StringIO())
    with pytest.raises(CommandError, match="Không có thư mục"):
        call_command("vault", "escrow", out=str(tmp_path / "no" / "usb"), stdout=io.StringIO())
    assert not list(tmp_path.glob("*usb*")) and not (tmp_path / "no").exists()
    assert keys.sealing_keys() == before


def test_the_status_says_which_keys_open_and_whether_all_would_be_lost(identity, tmp_path):
    [own] = keys.opening_keys()
    assert f"{own}\tmở được ở máy này" in status()
    assert "trong két: 1." in status() and "Chưa có khóa ký gửi" in status()
    call_command("vault", "escrow", out=str(tmp_path / "ky-gui"), stdout=io.StringIO())
    [escrow] = keys.escrow_keys()
    assert f"{escrow}\tký gửi: chỉ khóa vào" in status() and "Chưa có" not in status()
