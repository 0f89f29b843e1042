"""What a restore does with the key of the journal and the heads that this machine wrote down: the
same checks that find a shortened journal must not accuse whoever restored one.
"""

from contextlib import contextmanager

import pytest
from django.conf import settings as product_settings
from django.db import connection

from danchu.config import restore_journal
from danchu.journal.actions import record
from danchu.journal.heads import heads_in_file, write_head
from danchu.journal.models import Entry
from danchu.journal.signing import existing_ring, found_ring, log_name
from danchu.journal.verify import head, verify_chain
from danchu.people.actor import Actor
from tests.journal.conftest import settle

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("kiểm thử")
FOREIGN = "a" * 64


@pytest.fixture
def journal(settings, tmp_path, monkeypatch):
    """A journal of three entries under a key of the test's own; the restore reads it through the
    connection of the test.
    """
    settings.JOURNAL_KEYS = tmp_path / "keys"
    settings.JOURNAL_ROOT = tmp_path / "journal"
    found_ring(*head())
    for number in range(3):
        record(SYSTEM, "test.noted", None, number=number)
    settle()

    @contextmanager
    def own_connection(_name):
        yield connection.connection

    monkeypatch.setattr(restore_journal, "connect", own_connection)


def take_over():
    return restore_journal.take_over_journal("danchu")


def aside():
    return list(product_settings.JOURNAL_ROOT.glob("before-*"))


@pytest.mark.usefixtures("journal")
def test_a_journal_that_goes_on_keeps_its_witnesses_and_its_name():
    write_head("backup", *head())
    record(SYSTEM, "test.noted", None)
    settle()
    name = log_name()
    assert take_over() == ""
    assert [one.source.split()[1] for one in heads_in_file()] == ["backup", "restore"]
    assert log_name() == name and not aside() and list(verify_chain()) == []


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("beyond", [1, 0], ids=["cut", "another entry"])
def test_a_journal_that_was_restored_shorter_is_not_accused_of_it(beyond):
    number, entry_hash = head()
    write_head("backup", number + beyond, FOREIGN)
    name = log_name()
    assert list(verify_chain()) != []
    assert take_over() == ""
    assert [(one.number, one.hash) for one in heads_in_file()] == [(number, entry_hash)]
    assert log_name() != name, "what is published from here on is another log"
    assert len(aside()) == 1 and FOREIGN in (aside()[0] / "heads").read_text()
    assert list(verify_chain()) == []


@pytest.mark.usefixtures("journal")
def test_a_journal_of_another_machine_is_signed_anew_from_its_end(settings, tmp_path):
    settings.JOURNAL_KEYS = tmp_path / "other-machine"
    message = take_over()
    ring = existing_ring()
    assert (ring.number, ring.hash) == head()
    assert str(head()[0] + 1) in message
    record(SYSTEM, "test.noted", None)
    settle()
    assert list(verify_chain()) == [] and Entry.objects.last().signature
    assert take_over() == "", "a second restore of it finds the key it knows"
