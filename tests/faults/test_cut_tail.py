"""The end of the journal cut off, with the head moved back and every trigger disabled: found by
each head that the installation itself has written down.
"""

import pytest
from django.core.management import call_command
from django.db import connection

from danchu.journal.actions import publish_checkpoint, record
from danchu.journal.heads import HEADS, WrittenHead, write_head
from danchu.journal.models import Checkpoint
from danchu.journal.signing import found_ring
from danchu.journal.verify import head, verify_chain, verify_tree
from danchu.people.actor import Actor
from tests.journal.conftest import no_fillers as no_fillers  # a fixture
from tests.journal.conftest import settle, without_triggers

BY = Actor.system("kiểm thử")

pytestmark = pytest.mark.case("TR2")


@pytest.fixture
def entries(db, no_fillers):
    """Twelve entries; no head of them is written down."""
    for step in range(12):
        record(BY, "event.drafted", step=step)
    settle()


def on_checkpoints(statement):
    """Run a statement on the table of checkpoints without the triggers that keep it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_checkpoint DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("ALTER TABLE journal_checkpoint ENABLE TRIGGER USER")


def cut(keep):
    """What the owner of the database can do to hide the last entries."""
    on_checkpoints("DELETE FROM journal_checkpoint")
    with without_triggers() as cursor:
        cursor.execute("DELETE FROM journal_tile")
        cursor.execute("DELETE FROM journal_entry WHERE number > %s", [keep])
        cursor.execute(
            "UPDATE journal_head SET (number, hash) = "
            "(SELECT number, hash FROM journal_entry ORDER BY number DESC LIMIT 1)"
        )


def places():
    return [problem.place for problem in [*verify_chain(), *verify_tree()]]


def test_nobody_finds_it_where_nothing_was_written_down(entries):
    cut(7)
    assert places() == []


@pytest.mark.parametrize("source", ["backup", "checkpoint", "verify"])
def test_a_head_beside_the_database_finds_it(entries, source):
    write_head(source, *head())
    assert places() == []
    cut(7)
    (problem,) = verify_chain()
    assert problem.place == "nhật ký 12"
    assert source in problem.message


def test_a_verification_that_found_nothing_is_a_witness_of_the_next(entries, capsys):
    call_command("verify", "--json")
    cut(7)
    assert places() == ["nhật ký 12"]


def test_a_checkpoint_finds_it_and_so_does_its_file_alone(
    entries, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        publish_checkpoint(by=BY)
    settle()
    cut(7)
    assert places() == ["nhật ký 12", "dấu kiểm trong tệp 12.txt"]
    (settings.JOURNAL_ROOT / "heads").unlink()
    assert places() == ["dấu kiểm trong tệp 12.txt"]


def test_entries_written_anew_over_a_cut_are_found_too(
    entries, settings, django_capture_on_commit_callbacks
):
    """Also when the product itself, with its key, goes on from where the journal was cut."""
    with django_capture_on_commit_callbacks(execute=True):
        publish_checkpoint(by=BY)
    settle()
    cut(7)
    for step in range(20):
        record(BY, "event.drafted", step=step)
    settle()
    assert places() == ["nhật ký 12", "dấu kiểm trong tệp 12.txt"]


def test_a_checkpoint_that_was_taken_out_of_the_database_is_found(entries):
    checkpoint = publish_checkpoint(by=BY)
    settle()
    on_checkpoints("UPDATE journal_checkpoint SET text = replace(text, '12', '11')")
    assert f"dấu kiểm {checkpoint.size}" in places()
    on_checkpoints("DELETE FROM journal_checkpoint")
    assert places() == ["dấu kiểm 12"]
    assert not Checkpoint.objects.exists()


def test_the_founding_signature_of_the_key_is_a_witness(entries, settings, tmp_path):
    settings.JOURNAL_KEYS = tmp_path / "journal"
    found_ring(*head())
    assert places() == []
    cut(7)
    assert places() == ["nhật ký 12"]


def test_a_head_in_a_record_finds_it(entries, monkeypatch):
    """Records of rooms, such as sealed reports; two that contradict each other both speak."""
    number, mark = head()
    seals = [WrittenHead(number, mark, "một"), WrittenHead(number, "a" * 64, "hai")]
    monkeypatch.setattr("danchu.journal.heads.HEADS", [lambda: iter(seals)])
    assert places() == ["nhật ký 12"]
    cut(7)
    assert places() == ["nhật ký 12", "nhật ký 12"]


def test_sealed_reports_are_among_the_witnesses():
    assert "danchu.reports.drift" in [heads.__module__ for heads in HEADS]
