"""Writing the journal: one chain, gapless, no personal data, safe with many writers."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection, connections, transaction
from django.db.utils import IntegrityError

from danchu.journal.actions import record
from danchu.journal.chain import BEGINNING, digest
from danchu.journal.models import Entry, Head
from danchu.journal.verify import verify_chain


def test_entries_are_numbered_from_one_and_name_their_predecessor(entries):
    assert [e.number for e in entries] == [1, 2, 3, 4, 5]
    assert [e.previous for e in entries] == [BEGINNING, *(e.hash for e in entries[:-1])]


def test_an_entry_reads_back_with_the_hash_it_was_written_with(db, by):
    written = record(
        by,
        "event.confirmed",
        unit=3,
        chữ="Đống Đa – ‘nháy’ \u2028",
        on=date(2023, 12, 12),
        share=Fraction(1, 3),
        money=Decimal("1.50"),
        rate=1e22,
        big=10**30,
        kept=[True, None, {"b": 1, "a": {2, 1}}],
    )
    read = Entry.objects.get(pk=written.number)
    assert digest(read) == read.hash == written.hash
    assert read.data["on"] == "2023-12-12"
    assert read.data["share"] == "1/3"
    assert read.data["kept"] == [True, None, {"a": [1, 2], "b": 1}]


def test_a_subject_is_kept_as_kind_and_number(db, by, entries):
    subject = Head.objects.get()
    written = record(by, "head.seen", subject)
    assert (written.kind, written.subject) == ("journal.head", "1")
    assert list(Entry.objects.about(subject)) == [written]


def test_the_time_is_utc_and_runs_with_the_numbers(entries):
    times = list(Entry.objects.order_by("number").values_list("at", flat=True))
    assert times == sorted(times)
    assert abs((datetime.now(UTC) - times[0]).total_seconds()) < 60


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_entry SET act = 'x' WHERE number = 2",
        "DELETE FROM journal_entry WHERE number = 5",
        "UPDATE journal_head SET number = 3",
        "DELETE FROM journal_head",
    ],
)
def test_the_database_refuses_to_change_or_remove(entries, sql):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert verify_chain() == []


def test_the_database_refuses_to_empty_the_journal(entries):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER journal_kept_emptied")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("TRUNCATE journal_entry")
    assert Entry.objects.count() == 5


@pytest.mark.parametrize("key", ["email", "Password", "phone", "citizen_name"])
def test_personal_data_is_refused_however_deep(db, by, key):
    with pytest.raises(ValueError, match="personal"):
        record(by, "account.created", before=[{"deep": {key: "x"}}])
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_an_error(by):
    with pytest.raises(RuntimeError):
        record(by, "event.drafted")


def test_an_entry_costs_two_queries(db, by, django_assert_num_queries):
    with django_assert_num_queries(2):
        record(by, "event.drafted")


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_entry_and_no_gap(by):
    with transaction.atomic():
        record(by, "event.drafted")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(by, "event.drafted")
        raise ZeroDivisionError
    with transaction.atomic():
        record(by, "event.drafted")
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert Head.objects.get().number == 2
    assert verify_chain() == []


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_make_one_chain(by):
    start, failures = threading.Barrier(4), []

    def write():
        try:
            start.wait()
            for step in range(15):
                with transaction.atomic():
                    record(by, "event.drafted", step=step)
                    record(by, "event.confirmed", step=step)
        except Exception as failure:  # noqa: BLE001 - shown by the assertion below
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert failures == []
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, 121)
    )
    assert Head.objects.get().number == 120
    assert verify_chain() == []
