"""Entries are signed by a key outside the database: what only the database's owner wrote is
found.
"""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from danchu.journal.actions import record
from danchu.journal.chain import BEGINNING, digest
from danchu.journal.models import Entry
from danchu.journal.signing import existing_ring, found_ring, public_key
from danchu.journal.verify import head, verify_chain
from tests.journal.conftest import settle, without_triggers

UNSIGNED = "không có chữ ký của khóa nhật ký: dòng được ghi thẳng vào cơ sở dữ liệu"


def plant(act="event.confirmed", signature=""):
    """Append a well-formed entry as whoever has the database alone can."""
    number, previous = head()
    last = Entry.objects.get(pk=number)
    entry = Entry(
        number=number + 1, at=last.at, actor="account:1", act=act, data={}, previous=previous
    )
    entry.hash = digest(entry)
    entry.signature = signature
    entry.save(force_insert=True)
    settle()
    return entry


def problems():
    return [(one.place, one.message) for one in verify_chain()]


@pytest.fixture
def keys(settings, tmp_path):
    """A folder of keys of its own, still empty."""
    settings.JOURNAL_KEYS = tmp_path / "vault" / "journal"
    return settings.JOURNAL_KEYS


@pytest.mark.case("TR2")
def test_a_planted_entry_is_found_also_when_honest_ones_follow(entries, by):
    plant()
    for step in range(3):
        record(by, "event.drafted", step=step)
    settle()
    assert problems() == [("nhật ký 6", UNSIGNED)]


@pytest.mark.parametrize("signature", ["00" * 64, "zz", "of another entry"])
def test_no_other_text_passes_for_a_signature(entries, signature):
    plant(signature=entries[2].signature if " " in signature else signature)
    assert problems() == [("nhật ký 6", UNSIGNED)]


def test_signatures_that_were_taken_away_are_found(entries):
    with without_triggers() as cursor:
        cursor.execute("UPDATE journal_entry SET signature = '' WHERE number > 3")
    assert problems() == [("nhật ký 4", UNSIGNED), ("nhật ký 5", UNSIGNED)]


def test_a_chain_that_was_computed_anew_as_a_whole_is_found(entries):
    previous = BEGINNING
    with without_triggers() as cursor:
        for entry in Entry.objects.order_by("number"):
            entry.act, entry.previous = "event.forged", previous
            previous = digest(entry)
            cursor.execute(
                "UPDATE journal_entry SET act = 'event.forged', previous = %s, hash = %s "
                "WHERE number = %s",
                [entry.previous, previous, entry.number],
            )
        cursor.execute("UPDATE journal_head SET hash = %s", [previous])
    assert problems() == [(f"nhật ký {number}", UNSIGNED) for number in range(1, 6)]


def test_entries_before_the_key_are_covered_by_the_founding_signature(entries, by, keys):
    with without_triggers() as cursor:
        cursor.execute("UPDATE journal_entry SET signature = ''")
    assert existing_ring() is None
    assert problems() == []
    record(by, "event.confirmed")
    settle()
    ring = existing_ring()
    assert (ring.number, ring.hash) == (5, entries[-1].hash)
    assert problems() == []
    with without_triggers() as cursor:
        cursor.execute("UPDATE journal_entry SET hash = repeat('a', 64) WHERE number = 5")
    assert (
        "nhật ký 5",
        "mã không khớp với mã đã ghi lại trước đây (chữ ký mở đầu của khóa nhật ký)",
    ) in problems()


def test_the_key_is_its_owners_alone_and_no_second_one_is_made(keys, entries, by):
    record(by, "event.confirmed")
    first = public_key()
    found_ring(0, BEGINNING)
    assert public_key() == first
    assert (keys / "entries.json").stat().st_mode & 0o777 == 0o600
    assert keys.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in keys.iterdir()] == ["entries.json"]


def test_a_founding_that_was_changed_is_refused(keys):
    found_ring(3, "a" * 64)
    content = json.loads((keys / "entries.json").read_text())
    (keys / "entries.json").write_text(json.dumps(content | {"number": 900}))
    with pytest.raises(ValueError, match="founding"):
        existing_ring()


def test_entries_of_another_machine_are_accepted_by_its_public_key(entries, settings, tmp_path):
    other_key = public_key()
    settings.JOURNAL_KEYS = keys = tmp_path / "journal"
    found_ring(0, BEGINNING)
    assert len(problems()) == 5
    (keys / "aa.public").write_text(other_key)
    assert problems() == []


def test_a_machine_without_a_key_says_that_it_cannot_check(entries, keys):
    assert [one.place for one in verify_chain()] == ["chữ ký của nhật ký"]
    assert verify_chain(alone=True) == []


def test_what_was_verified_before_is_not_checked_again(entries, by, monkeypatch):
    call_command("verify", "--json", stdout=StringIO())
    record(by, "event.confirmed")
    settle()
    numbers = []
    ring = existing_ring()
    monkeypatch.setattr(
        type(ring), "accepts", lambda self, number, *rest: numbers.append(number) or True
    )
    assert verify_chain() == []
    assert numbers == [6]


def test_an_entry_still_costs_two_queries(entries, by, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert record(by, "event.drafted").signature
