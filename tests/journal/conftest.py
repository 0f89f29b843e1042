"""What the journal's tests share: someone who acts, and a way past the triggers, as a superuser
has it.
"""

from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import connection

from danchu.journal.actions import record


@dataclass(frozen=True)
class By:
    key: str = "account:1"
    name: str = "Nguyễn Văn An"


@pytest.fixture
def by():
    return By()


@pytest.fixture
def no_fillers(monkeypatch):
    """Checkpoints over exactly what was recorded, for tests that count entries."""
    monkeypatch.setattr("danchu.journal.actions.BATCH", 1)
    monkeypatch.setattr("danchu.journal.actions.FILLERS", 0)


@pytest.fixture
def entries(db, by):
    """Five entries, the head kept as after a commit."""
    rows = [record(by, "event.drafted", unit=7, step=step) for step in range(5)]
    settle()
    return rows


def settle():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS journal_head_kept IMMEDIATE")
        cursor.execute("SET CONSTRAINTS journal_head_kept DEFERRED")


@contextmanager
def without_triggers():
    """What someone with the database's own powers could do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE journal_head DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE journal_head ENABLE TRIGGER USER")
