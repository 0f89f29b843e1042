"""Who denounced is opened by two persons with a reason, told to a third, and found nowhere else."""

import io
import logging
import subprocess
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from danchu.casework.actions import (
    hand_over_petition,
    register_petition,
    take_step,
    turn_into_denunciation,
)
from danchu.casework.models import Matter
from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.notices.models import Notice
from danchu.people.actor import Actor
from danchu.vault import keys
from danchu.vault.actions import add_missing_locks, ask_opening, judge_opening, read_identity
from danchu.vault.models import Lock, Opening, Sealed
from danchu.vault.proof import vault_problems
from tests.casework.conftest import at, keys_apart, law, registered  # noqa: F401
from tests.people.conftest import country, holder, offices, person, system  # noqa: F401

pytestmark = pytest.mark.usefixtures("law_loaded")

PLANTED = {
    "name": "Trần Thị Kín Đáo",
    "address": "số 77 ngõ Lặng Thinh",
    "phone": "0977665544",
    "email": "kindao@vidu.vn",
    "identity": "001199887766",
}
WHY = "Cần mời người tố cáo làm việc"
PAPER = b"%PDF-1.4\n1 0 obj\n<</Author (kin-dao, 0977665544)>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def denounced(registered):
    return registered(
        "denunciation",
        title="Cán bộ thu tiền trái quy định",
        content="Thu tiền không có biên lai.",
        persons=[PLANTED],
        secret_text="Tôi là Kín Đáo, hàng xóm",
    )


@pytest.fixture
def three(at):
    """(who asks, who grants, the overseer)"""
    return at("petition_officer"), at("inspectorate_chief"), at("auditor")


def test_two_persons_and_a_reason_open_it_and_the_overseer_is_told(denounced, three):
    asker, granter, overseer = three
    it = denounced.sealed
    with pytest.raises(Denied):
        read_identity(it, by=asker)
    with pytest.raises(Refused) as refusal:
        ask_opening(it, by=asker, reason="vì")
    assert refusal.value.field == "reason"
    asked = ask_opening(it, by=asker, reason=WHY)
    with pytest.raises(Refused):
        ask_opening(it, by=asker, reason=WHY)
    for actor in (asker, overseer):
        with pytest.raises(Denied):
            judge_opening(asked, by=actor, granted=True)
    judge_opening(asked, by=granter, granted=True)
    words, files = read_identity(it, by=asker)
    assert (words["persons"][0]["name"], words["text"], files) == (
        PLANTED["name"],
        "Tôi là Kín Đáo, hàng xóm",
        [],
    )
    for actor in (granter, overseer):
        with pytest.raises(Denied):
            read_identity(it, by=actor)
    assert list(
        Entry.objects.filter(act__startswith="vault.")
        .order_by("number")
        .values_list("act", flat=True)
    ) == [
        "vault.sealed",
        "vault.asked",
        "vault.granted",
        "vault.read",
    ]
    assert [
        notice.text.split()[1]
        for notice in Notice.objects.filter(account=overseer.account_id).order_by("pk")
    ] == ["cho", "đọc"]
    assert set(Notice.objects.values_list("account_id", flat=True)) == {
        granter.account_id,
        overseer.account_id,
    }


def test_a_grant_ends_and_a_refusal_opens_nothing(denounced, three, monkeypatch):
    asker, granter, _overseer = three
    judge_opening(ask_opening(denounced.sealed, by=asker, reason=WHY), by=granter, granted=False)
    with pytest.raises(Denied):
        read_identity(denounced.sealed, by=asker)
    monkeypatch.setattr("danchu.vault.actions.identities.MINUTES", -1)
    judge_opening(ask_opening(denounced.sealed, by=asker, reason=WHY), by=granter, granted=True)
    with pytest.raises(Denied):
        read_identity(denounced.sealed, by=asker)
    for statement in ("DELETE FROM vault_opening", "UPDATE vault_opening SET reason = 'khác'"):
        with (
            pytest.raises(DatabaseError, match="kept"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert Opening.objects.count() == 2


def test_no_office_but_those_named_has_a_part_in_it(denounced, at, offices):
    asks, grants = set(), set()
    for office in offices:
        actor = at(office)
        asks |= {office} if actor.may("draft", "denouncer", denounced.unit) else set()
        grants |= {office} if actor.may("confirm", "denouncer", denounced.unit) else set()
    assert (asks, grants) == ({"petition_officer", "committee_chair"}, {"inspectorate_chief"})
    with pytest.raises(Denied):
        ask_opening(denounced.sealed, by=Actor.system("dòng lệnh"), reason=WHY)


def test_what_was_changed_or_locked_for_another_is_not_opened(denounced, three):
    asker, granter, _overseer = three
    judge_opening(ask_opening(denounced.sealed, by=asker, reason=WHY), by=granter, granted=True)
    Sealed.objects.update(content=b"gAAAA" + bytes(80))
    with pytest.raises(Refused, match="đã bị sửa"):
        read_identity(Sealed.objects.get(), by=asker)
    for name in list(keys.opening_keys()):
        keys.drop_key(name)
    with pytest.raises(Refused, match="không có khóa"):
        read_identity(denounced.sealed, by=asker)


def opened_by(it, asker, granter):
    judge_opening(ask_opening(it, by=asker, reason=WHY), by=granter, granted=True)
    return read_identity(it, by=asker)[0]["persons"][0]["name"]


def test_behind_true_grants_the_one_that_no_entry_proves_is_named(denounced, three):
    asker, granter, _overseer = three
    for _again in range(2):
        opened_by(denounced.sealed, asker, granter)
    planted = ask_opening(denounced.sealed, by=asker, reason=WHY)
    assert list(vault_problems()) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE vault_opening SET granted = TRUE, judged_by_id = %s, judged_at = asked_at, "
            "until = asked_at + interval '30 minutes' WHERE id = %s",
            [granter.account_id, planted.pk],
        )
    [(place, _message)] = vault_problems()
    assert place.endswith(f" {planted.pk}")


def test_keys_are_rotated_escrowed_and_one_may_be_lost(denounced, three, tmp_path):
    asker, granter, _overseer = three
    first = set(keys.opening_keys())
    call_command("vault", "rotate", stdout=io.StringIO())
    assert len(keys.opening_keys()) == 1 and not first & keys.sealing_keys().keys()
    assert opened_by(denounced.sealed, asker, granter) == PLANTED["name"]
    out = tmp_path / "ky-gui"
    call_command("vault", "escrow", out=str(out), stdout=io.StringIO())
    assert out.stat().st_mode & 0o077 == 0 and len(keys.escrow_keys()) == 1
    secret = out.read_text()
    with pytest.raises(CommandError, match="Đã có tệp"):
        call_command("vault", "escrow", out=str(out), stdout=io.StringIO())
    assert out.read_text() == secret and len(keys.escrow_keys()) == 1
    for name in list(keys.opening_keys()):  # the machine burns
        keys.drop_key(name)
    with pytest.raises(Refused):
        read_identity(denounced.sealed, by=asker)
    call_command("vault", "recover", key=str(out), stdout=io.StringIO())
    assert read_identity(denounced.sealed, by=asker)[0]["persons"][0]["name"] == PLANTED["name"]
    assert set(Lock.objects.values_list("key", flat=True)) == keys.sealing_keys().keys()
    assert len(keys.escrow_keys()) == 1, "the escrowed half was not left on the machine"
    wrong = tmp_path / "sai"
    wrong.write_text("0" * 10)
    with pytest.raises(CommandError, match="không phải là khóa"):
        call_command("vault", "recover", key=str(wrong), stdout=io.StringIO())


def test_locking_anew_can_be_broken_off_and_begun_again(registered, system):
    for _ in range(3):
        registered("denunciation")
    fresh = keys.add_key()
    after = add_missing_locks(by=system, size=2)
    assert Lock.objects.filter(key=fresh).count() == 2
    assert add_missing_locks(by=system, after=after, size=2) is None
    add_missing_locks(by=system, size=2)
    assert Lock.objects.filter(key=fresh).count() == 3
    with pytest.raises(Denied):
        add_missing_locks(by=Actor.public())


def _dump():
    """Every value of every table as text, bytes decoded as far as they go: what a full dump
    reveals.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = "
            "'public' AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield (
                    table,
                    " ".join(
                        bytes(v).decode("utf-8", "replace")
                        if isinstance(v, memoryview | bytes)
                        else str(v)
                        for v in row
                    ),
                )


def test_a_planted_identity_is_found_nowhere(
    law, country, system, at, client, caplog, tmp_path, settings
):
    caplog.set_level(logging.DEBUG)
    by_public, _secret = register_petition(
        by=Actor.public(),
        nature="denunciation",
        channel="portal",
        matter=Matter.objects.get(key="official_conduct"),
        place=country.here,
        title="Cán bộ thu tiền trái quy định",
        content="Thu tiền không có biên lai.",
        persons=[PLANTED],
        secret_text="Tôi là Kín Đáo",
        files=[(io.BytesIO(PAPER), "don-cua-tran-thi-kin-dao.pdf")],
    )
    meant, _secret = (
        register_petition(  # came as feedback, with everything in it, and turned out to denounce
            by=system,
            nature="feedback",
            channel="counter",
            matter=Matter.objects.get(key="order"),
            unit=country.here,
            persons=[PLANTED],
            title="Ông trưởng thôn thu tiền của Trần Thị Kín Đáo",
            content=f"Tôi, {PLANTED['name']}, {PLANTED['phone']}",
            received_on=date(2026, 3, 2),
        )
    )
    turned = turn_into_denunciation(
        meant,
        by=at("petition_officer"),
        title="Trưởng thôn thu tiền",
        content="Thu tiền trái quy định",
    )
    for it in (by_public, turned):
        it = take_step(
            it,
            "classify",
            by=system,
            on=max(it.moved_on, date(2026, 3, 2)),
            eligible=True,
            competent=False,
        )
        hand_over_petition(
            it, by=system, to=country.next_door, on=it.moved_on, text="Chuyển theo thẩm quyền"
        )
    marks = [*PLANTED.values(), "Kín Đáo", "kin-dao", "kin dao", "Lặng Thinh"]
    found = [
        (table, mark) for table, text in _dump() for mark in marks if mark.lower() in text.lower()
    ]
    assert found == []
    assert [mark for mark in marks if mark in caplog.text] == []
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    for path in files:
        held = path.read_bytes().decode("utf-8", "replace")
        assert [mark for mark in marks if mark.lower() in held.lower() or mark in path.name] == []
    for page in ("/petitions/", "/search/?q=kin+dao", "/search/?q=0977665544"):
        text = client.get(page).content.decode()
        assert [mark for mark in marks if mark in text and page.startswith("/petitions")] == []


def test_keys_are_readable_by_their_owner_alone_and_no_backup_holds_them(denounced, settings):
    root = Path(settings.VAULT_ROOT)
    assert root.stat().st_mode & 0o077 == 0
    assert {path.stat().st_mode & 0o077 for path in root.iterdir()} == {0}
    source = Path(keys.__file__).parents[1] / "config" / "backup.py"
    assert "VAULT_ROOT" not in source.read_text()
    assert (
        subprocess.run(
            ["git", "check-ignore", "var/vault"],
            capture_output=True,
            cwd=source.parents[2],
            check=False,
        ).returncode
        == 0
    )
