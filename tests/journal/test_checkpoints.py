"""Checkpoints as C2SP has them: what is published, who may co-sign, and what the script that stands
alone says of them.
"""

import base64
import json
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

import danchu.portal
from danchu.jobs.tasks import publish_daily
from danchu.journal import publishing
from danchu.journal.actions import BATCH, FILLERS, add_cosignatures, publish_checkpoint, record
from danchu.journal.checkpoints import consistency_proof, inclusion_proof, is_due
from danchu.journal.heads import checkpoints_in_files, heads_in_file, start_anew
from danchu.journal.models import Checkpoint, Entry
from danchu.journal.notes import (
    COSIGNATURE_ED25519,
    COSIGNATURE_ML_DSA_44,
    ED25519,
    NoteKey,
    cosigned_message,
    head_of,
    key_of,
    split_note,
)
from danchu.journal.signing import checkpoint_keys, log_name
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.notices.actions import mail_checkpoint
from danchu.notices.letters import letters_for
from danchu.notices.models import Notice
from danchu.people.actor import Actor
from tests.journal.conftest import settle

SCRIPT = Path(danchu.portal.__file__).parent / "static" / "portal" / "kiem-so.py"
BY = Actor.system("kiểm thử")
# The example of c2sp.org/signed-note.
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2"
    "ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)


@pytest.fixture
def published(entries, no_fillers, django_capture_on_commit_callbacks):
    """Two checkpoints: over five entries, and over nine."""
    with django_capture_on_commit_callbacks(execute=True):
        first = publish_checkpoint(by=BY)
        for step in range(3):
            record(BY, "event.confirmed", step=step)
        return first, publish_checkpoint(by=BY)


@pytest.fixture
def witness(settings):
    """(private key, key) of a witness that the operator chose."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    key = NoteKey("witness.example/w1", COSIGNATURE_ED25519, public)
    settings.JOURNAL_WITNESS_KEYS = [key.vkey]
    return private, key


def cosigned(checkpoint, private, key, seconds=1700000000):
    """The checkpoint with a witness's line."""
    message = cosigned_message(key, head_of(checkpoint.text), seconds)
    line = key.line(struct.pack(">Q", seconds) + private.sign(message))
    return f"{checkpoint.text}\n{line}"


def run(*arguments):
    """(exit code, output) of the script, without Django and without the project."""
    ended = subprocess.run(
        [sys.executable, "-I", SCRIPT, *arguments], capture_output=True, text=True, cwd="/"
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_the_note_of_the_specification_verifies():
    text, ((name, key_id, signature),) = split_note(EXAMPLE)
    key = key_of(EXAMPLE_KEY)
    assert (name, key_id, key.vkey) == (key.name, key.key_id, EXAMPLE_KEY)
    assert key.verifies(text, signature)
    assert not key.verifies(text.replace("example", "exemple"), signature)


@pytest.mark.parametrize(
    "vkey",
    ["", "a+b", EXAMPLE_KEY.replace("530d903a", "530d903b"), EXAMPLE_KEY[:-4], "x y+00000000+AQ=="],
)
def test_what_is_no_key_is_refused(vkey):
    with pytest.raises(ValueError, match="key"):
        key_of(vkey)


@pytest.mark.parametrize(
    "note", ["", "a\n", "a\n\n", "a\n\nb\n", "a\n\n— a b", "a\t\n\n— a AAAAAAA=\n", EXAMPLE[:-1]]
)
def test_what_is_no_note_is_refused(note):
    with pytest.raises(ValueError, match="no "):
        split_note(note)


def test_the_cosigned_message_is_that_of_the_specification():
    head = head_of(f"example.com/log\n7\n{base64.b64encode(bytes(32)).decode()}\n")
    old = cosigned_message(NoteKey("w", COSIGNATURE_ED25519, b""), head, 1679315147)
    assert old == f"cosignature/v1\ntime 1679315147\n{head.text}".encode()
    new = cosigned_message(NoteKey("w", COSIGNATURE_ML_DSA_44, b""), head, 9)
    assert new == (
        b"subtree/v1\n\0\x01w"
        + bytes(7)
        + b"\x09\x0fexample.com/log"
        + bytes(15)
        + b"\x07"
        + bytes(32)
    )


def test_a_checkpoint_names_the_log_its_size_and_root_and_is_signed_twice(published, settings):
    first, second = published
    assert first.text.split("\n")[:2] == [settings.JOURNAL_ORIGIN, "5"]
    assert head_of(second.text).size == second.size == 9
    text, signatures = split_note(second.note)
    keys = [key for key, _private in checkpoint_keys(log_name())]
    assert [key.kind for key in keys] == [ED25519, COSIGNATURE_ML_DSA_44]
    for key, (name, key_id, signature) in zip(keys, signatures, strict=True):
        assert (name, key_id) == (key.name, key.key_id) == (settings.JOURNAL_ORIGIN, key.key_id)
        assert key_of(key.vkey) == key
        assert key.verifies(text, signature)
        assert not key.verifies(text.replace("\n9\n", "\n8\n"), signature)
    assert [head.size for head, _name in checkpoints_in_files()] == [5, 9]
    assert [head.number for head in heads_in_file()] == [5, 9]


def test_a_checkpoint_is_published_once_a_day_and_only_by_the_system(published, clock):
    assert not is_due(today())
    clock.set("2030-01-01")
    assert is_due(today())
    record(BY, "event.confirmed")
    publish_checkpoint(by=BY)
    assert not is_due(today())
    clock.set("2026-11-30")  # it ran ahead
    assert is_due(today())
    with pytest.raises(Denied):
        publish_checkpoint(by=Actor.public())


@pytest.mark.parametrize("acts", [0, 1, 47])
def test_a_published_size_does_not_tell_whether_anything_was_entered(entries, acts):
    first = publish_checkpoint(by=BY)  # its own entry is the first of the next batch
    for _act in range(acts):
        record(BY, "event.confirmed")
    assert publish_checkpoint(by=BY).size - first.size == BATCH
    assert (first.size, BATCH) == (64, 64)


@pytest.mark.parametrize("acts", [48, 63, 64, 111])
def test_a_batch_that_is_nearly_full_has_as_many_entries_that_say_nothing(entries, acts):
    first = publish_checkpoint(by=BY)
    for _act in range(acts):
        record(BY, "event.confirmed")
    assert publish_checkpoint(by=BY).size - first.size == 2 * BATCH
    fillers = Entry.objects.filter(act="batch.filled", number__gt=first.size)
    assert fillers.count() == 2 * BATCH - acts - 1 >= FILLERS
    assert set(fillers.values_list("kind", "subject", "unit_id", "rows")) == {("", "", None, "")}


def test_a_head_that_does_not_extend_what_was_signed_is_not_signed(published):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_tile SET hashes = overlay(hashes placing '\\x00' from 9)")
    record(BY, "event.confirmed")
    with pytest.raises(Refused, match="9"):
        publish_checkpoint(by=BY)
    assert Checkpoint.objects.count() == 2


def test_after_a_restore_that_shortened_the_journal_the_log_has_another_name(
    published, settings, tmp_path
):
    settings.JOURNAL_KEYS = tmp_path / "journal"
    start_anew(5, "a" * 64)
    assert log_name() == f"{settings.JOURNAL_ORIGIN}/2"
    assert [(head.number, head.hash) for head in heads_in_file()] == [(5, "a" * 64)]
    assert list(checkpoints_in_files()) == []


def test_a_witness_cosigns_once(published, witness):
    note = cosigned(published[1], *witness)
    assert add_cosignatures(note, by=Actor.public()) == ["witness.example/w1"]
    assert add_cosignatures(note, by=Actor.public()) == []
    assert published[1].note.endswith(note.rpartition("\n\n")[2])
    assert Entry.objects.filter(act="checkpoint.cosigned").count() == 1


def test_no_other_signature_is_taken(published, witness):
    private, key = witness
    other = Ed25519PrivateKey.generate()
    stranger = NoteKey(
        "stranger.example", COSIGNATURE_ED25519, other.public_key().public_bytes_raw()
    )
    with pytest.raises(Denied):
        add_cosignatures(cosigned(published[1], other, stranger), by=Actor.public())
    with pytest.raises(Refused, match="w1"):
        add_cosignatures(cosigned(published[1], other, key), by=Actor.public())
    forged = Checkpoint(text=published[1].text.replace("\n9\n", "\n8\n"))
    for note in (cosigned(forged, private, key), "x", EXAMPLE):
        with pytest.raises(Refused):
            add_cosignatures(note, by=Actor.public())
    assert not Entry.objects.filter(act="checkpoint.cosigned").exists()


@pytest.mark.case("TR2")
def test_the_script_that_stands_alone_checks_what_was_published(published, witness, tmp_path):
    first, second = published
    add_cosignatures(cosigned(second, *witness), by=BY)
    names = ("keys", "first", "second", "inclusion", "consistency", "wrong", "forged")
    keys, early, late, inclusion, consistency, wrong, forged = (tmp_path / name for name in names)
    own_keys = [key.vkey for key, _private in checkpoint_keys(log_name())]
    keys.write_text("\n".join([*own_keys, witness[1].vkey]))
    early.write_text(first.note)
    late.write_text(second.note)
    proof = inclusion_proof(3, 9)
    inclusion.write_text(json.dumps(proof))
    wrong.write_text(json.dumps(proof | {"entry": 4}))
    consistency.write_text(json.dumps(consistency_proof(5, 9)))
    forged.write_text(second.note.replace("\n9\n", "\n8\n"))
    assert len(SCRIPT.read_text().splitlines()) < 100
    assert run(keys, late) == (0, "đúng / holds: 9\n")
    assert run(keys, late, inclusion) == (0, "đúng / holds: 9\n")
    assert run(keys, late, consistency, early) == (0, "đúng / holds: 9\n")
    for arguments in (
        (keys, forged),
        (keys, late, wrong),
        (keys, late, inclusion, early),
        (keys, early, consistency, late),
        (keys, early, inclusion),
    ):
        code, text = run(*arguments)
        assert code == 1, text
        assert text.startswith("SAI / WRONG")
    # Beside a proof that the log only grew, a record that nothing proves is not printed.
    forged.write_text(json.dumps(consistency_proof(5, 9) | {"row": {"content": '["event", 9]'}}))
    assert run(keys, late, forged, early) == (0, "đúng / holds: 9\n")
    assert run(keys, late, forged, late) == (0, "đúng / holds: 9\n")
    keys.write_text(EXAMPLE_KEY)
    assert run(keys, late)[0] == 1


def test_a_checkpoint_is_mailed_whole_to_each_witness(published, settings):
    settings.JOURNAL_WITNESSES = ["a@witness.example", "b@witness.example"]
    with pytest.raises(Denied):
        mail_checkpoint(published[1], by=Actor.public())
    assert mail_checkpoint(published[1], by=BY) == 2
    notices = list(Notice.objects.filter(subject_kind="checkpoint"))
    assert [notice.target for notice in notices] == settings.JOURNAL_WITNESSES
    letters = letters_for(notices)
    assert [letters[notice.pk].text for notice in notices] == [published[1].note] * 2
    assert len(published[1].note) > 3000


def test_the_job_of_the_day_publishes_once(entries, clock):
    publish_daily(0)
    publish_daily(0)
    assert Checkpoint.objects.count() == 1
    clock.forward(days=1)
    publish_daily(0)
    assert Checkpoint.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_jobs_of_one_day_that_run_at_once_publish_one_checkpoint(by):
    with transaction.atomic():
        record(by, "event.drafted")
    start, failures = threading.Barrier(4), []

    def publish():
        try:
            start.wait(10)
            publish_daily(0)
        except Exception as failure:  # noqa: BLE001 - shown by the assertion below
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert failures == []
    assert Checkpoint.objects.count() == 1


def test_a_checkpoint_that_is_not_passed_on_is_not_published(entries, monkeypatch):
    def fail(checkpoint, *, by):
        raise ZeroDivisionError

    monkeypatch.setattr(publishing, "RECEIVERS", [*publishing.RECEIVERS, fail])
    with pytest.raises(ZeroDivisionError):
        publish_daily(0)
    assert not Checkpoint.objects.exists()


def test_the_command_publishes_lists_proves_and_cosigns(entries, witness, tmp_path, capsys):
    call_command("checkpoint", "publish")
    note = capsys.readouterr().out
    assert split_note(note)[0] == Checkpoint.objects.get().text
    (tmp_path / "note").write_text(cosigned(Checkpoint.objects.get(), *witness))
    call_command("checkpoint", "cosign", str(tmp_path / "note"))
    call_command("checkpoint", "list")
    call_command("checkpoint", "keys")
    call_command("checkpoint", "proof", "2")
    text = capsys.readouterr().out
    assert "witness.example/w1" in text
    assert json.loads(text[text.index("{") :])["entry"] == 2
    with pytest.raises(CommandError):
        call_command("checkpoint", "proof", "900")


@pytest.mark.django_db
def test_every_address_answers(published, client, witness):
    assert client.get("/journal/checkpoint").content.decode() == published[1].note
    assert client.get("/journal/checkpoint")["Content-Type"] == "text/plain; charset=utf-8"
    assert client.get("/journal/checkpoints/5").content.decode() == published[0].note
    assert client.get("/journal/proofs/3").json() == inclusion_proof(3, 9)
    assert client.get("/journal/proofs/3?size=5").json() == inclusion_proof(3, 5)
    assert client.get("/journal/consistency/5/9").json() == consistency_proof(5, 9)
    for address in (
        *("/journal/proofs/10", "/journal/proofs/0", "/journal/proofs/6?size=5"),
        *("/journal/proofs/1?size=7", "/journal/consistency/9/5", "/journal/consistency/4/9"),
        f"/journal/checkpoints/{10**30}",
    ):
        assert client.get(address).status_code == 404, address
    body = cosigned(published[1], *witness)
    answer = client.post("/journal/cosignatures", body, content_type="text/plain")
    assert (answer.status_code, answer.content) == (200, b"witness.example/w1\n")
    assert (
        client.post("/journal/cosignatures", b"\xff", content_type="text/plain").status_code == 400
    )
    page = client.get("/journal/").content.decode()
    assert "/journal/checkpoints/5" in page
    assert "kiem-so.py" in page


def test_what_is_published_has_nothing_of_the_entries(published, client):
    record(BY, "petition.received", kind="denunciation")
    settle()
    publish_checkpoint(by=BY)
    texts = [
        client.get(address).content.decode()
        for address in ("/journal/checkpoint", "/journal/proofs/10", "/journal/consistency/5/10")
    ]
    for entry in Entry.objects.all():
        for text in texts:
            assert entry.hash not in text
            assert entry.signature not in text
            assert entry.act not in text
