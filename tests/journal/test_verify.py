"""`danchu verify` finds what someone with the database's own powers did to the journal."""

import json
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction

from danchu.journal import verify
from danchu.journal.actions import record
from danchu.journal.chain import digest
from danchu.journal.models import Entry
from danchu.journal.verify import Problem, head, verify_chain
from tests.journal.conftest import settle, without_triggers


def tamper(*statements):
    with without_triggers() as cursor:
        for statement in statements:
            cursor.execute(statement)


def places():
    return [problem.place for problem in verify_chain()]


def run(*arguments):
    """(exit code, what was printed)"""
    out = StringIO()
    try:
        call_command("verify", *arguments, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_an_untouched_journal_is_whole(entries):
    assert verify_chain() == []


def test_an_empty_journal_is_whole(db):
    assert verify_chain() == []


@pytest.mark.parametrize(
    "change",
    [
        "act = 'event.withdrawn'",
        "actor = 'account:2'",
        "actor_name = 'B'",
        "kind = 'x'",
        "subject = '9'",
        "unit_id = 8",
        "unit_id = NULL",
        "data = '{\"step\": 3}'",
        "at = at - interval '1 microsecond'",
    ],
)
def test_any_altered_field_is_found_and_named(entries, change):
    tamper(f"UPDATE journal_entry SET {change} WHERE number = 3")
    assert verify_chain() == [Problem("nhật ký 3", "nội dung đã bị sửa sau khi ghi")]


def test_an_entry_altered_together_with_its_hash_has_no_signature_and_breaks_the_next(entries):
    third = Entry.objects.get(pk=3)
    third.act = "event.withdrawn"
    tamper(
        f"UPDATE journal_entry SET act = 'event.withdrawn', hash = '{digest(third)}' "
        f"WHERE number = 3"
    )
    assert places() == ["nhật ký 3", "nhật ký 4"]


def test_a_removed_entry_is_found_and_named(entries):
    tamper("DELETE FROM journal_entry WHERE number = 3")
    assert verify_chain() == [Problem("nhật ký 3", "đã bị xóa khỏi nhật ký")]


def test_the_first_entries_removed_are_found(entries):
    tamper("DELETE FROM journal_entry WHERE number <= 2")
    assert places() == ["nhật ký 1–2"]


def test_a_removed_tail_is_found(entries):
    tamper("DELETE FROM journal_entry WHERE number >= 4")
    assert verify_chain() == [Problem("nhật ký 4–5", "đã bị xóa ở cuối nhật ký")]


def test_everything_removed_is_found(entries):
    tamper("DELETE FROM journal_entry")
    assert places() == ["nhật ký 1–5"]


def test_a_removed_tail_with_the_head_moved_back_is_found_by_a_noted_head(entries):
    number, mark = head()
    tamper(
        "DELETE FROM journal_entry WHERE number = 5",
        "UPDATE journal_head SET number = 4, hash = (SELECT hash FROM journal_entry "
        "WHERE number = 4)",
    )
    assert verify_chain() == []
    assert [p.place for p in verify_chain([(number, mark)])] == ["nhật ký 5"]


def test_a_removed_head_is_found(entries):
    tamper("DELETE FROM journal_head")
    assert places() == ["dấu đầu chuỗi"]


def test_a_head_that_names_another_hash_or_an_earlier_entry_is_found(entries):
    tamper("UPDATE journal_head SET hash = repeat('a', 64)")
    assert places() == ["dấu đầu chuỗi"]
    tamper(
        "UPDATE journal_head SET number = 4, hash = (SELECT hash FROM journal_entry "
        "WHERE number = 4)"
    )
    assert places() == ["dấu đầu chuỗi"]


def test_an_inserted_entry_is_found(entries):
    tamper(
        "UPDATE journal_entry SET number = 6 WHERE number = 5",
        "INSERT INTO journal_entry SELECT 5, at, actor, actor_name, 'event.sealed', "
        "kind, subject, unit_id, data,"
        " previous, hash FROM journal_entry WHERE number = 4",
    )
    assert places()[0] == "nhật ký 5"


def test_an_entry_added_at_the_end_without_the_chain_is_found(entries):
    tamper(
        "INSERT INTO journal_entry SELECT 6, at, actor, actor_name, act, kind, subject, "
        "unit_id, data,"
        " hash, repeat('a', 64) FROM journal_entry WHERE number = 5"
    )
    assert places() == ["nhật ký 6", "dấu đầu chuỗi"]


def test_an_entry_inserted_before_the_first_is_found(entries):
    tamper(
        "ALTER TABLE journal_entry DROP CONSTRAINT journal_begins_at_one",
        "INSERT INTO journal_entry SELECT 0, at, actor, actor_name, act, kind, subject, "
        "unit_id, data, previous, hash"
        " FROM journal_entry WHERE number = 1",
    )
    assert places()[0] == "nhật ký 0"


def test_renumbering_over_a_removed_entry_is_found(entries):
    # in two steps: the rows of one update come in any order, and a number is unique at each
    tamper(
        "DELETE FROM journal_entry WHERE number = 2",
        "UPDATE journal_entry SET number = number + 1000 WHERE number > 2",
        "UPDATE journal_entry SET number = number - 1001 WHERE number > 2",
    )
    assert places()[0] == "nhật ký 2"


def test_two_entries_that_changed_places_are_found(entries):
    tamper(
        "UPDATE journal_entry SET number = 99 WHERE number = 2",
        "UPDATE journal_entry SET number = 2 WHERE number = 3",
        "UPDATE journal_entry SET number = 3 WHERE number = 99",
    )
    assert places()[0] == "nhật ký 2"


def test_a_chain_recomputed_whole_is_found_by_a_noted_head(entries):
    noted, previous, statements = head(), "0" * 64, []
    for entry in Entry.objects.order_by("number"):
        entry.act, entry.previous = "event.forged", previous
        previous = digest(entry)
        statements.append(
            f"UPDATE journal_entry SET act = 'event.forged', previous = "
            f"'{entry.previous}', hash = '{previous}'"
            f" WHERE number = {entry.number}"
        )
    tamper(*statements, f"UPDATE journal_head SET hash = '{previous}'")
    assert verify_chain(alone=True) == []
    assert [p.place for p in verify_chain([noted], alone=True)] == ["nhật ký 5"]
    assert places() == [f"nhật ký {number}" for number in range(1, 6)]  # their signatures


def test_a_head_noted_earlier_is_still_in_a_chain_that_grew(entries, by):
    noted = head()
    record(by, "event.confirmed")
    settle()
    assert verify_chain([noted]) == []


def test_the_command_says_the_journal_is_whole_and_prints_its_head(entries):
    code, text = run()
    assert code == 0
    assert "✓ Toàn vẹn: 5 dòng nhật ký" in text
    assert f"5:{entries[-1].hash}" in text


def test_the_command_names_the_altered_entry_and_fails(entries):
    tamper("UPDATE journal_entry SET act = 'x' WHERE number = 3")
    code, text = run()
    assert code == 1
    assert "✗ nhật ký 3: nội dung đã bị sửa sau khi ghi" in text
    assert "✓" not in text


def test_the_command_speaks_json(entries):
    tamper("DELETE FROM journal_entry WHERE number = 5")
    code, text = run("--json")
    answer = json.loads(text)
    assert code == 1
    assert (answer["whole"], answer["entries"]) == (False, 4)
    assert answer["problems"] == [{"place": "nhật ký 5", "message": "đã bị xóa ở cuối nhật ký"}]


def test_the_command_checks_a_noted_head(entries):
    assert run("--head", f"3:{entries[2].hash}")[0] == 0
    assert run("--head", f"3:{entries[3].hash}")[0] == 1
    with pytest.raises(CommandError):
        run("--head", "ba")


def test_the_command_runs_the_proofs_of_other_rooms(entries, monkeypatch):
    monkeypatch.setattr(verify, "CHECKS", [lambda: [("báo cáo 4", "không còn như khi niêm phong")]])
    code, text = run()
    assert code == 1
    assert "✗ báo cáo 4: không còn như khi niêm phong" in text


@pytest.mark.django_db(transaction=True)
def test_entries_written_while_the_chain_is_walked_are_no_fault(by):
    def write_in_another_session():
        with transaction.atomic():
            record(by, "event.confirmed")
        connections.close_all()

    def meanwhile(walked):
        thread = threading.Thread(target=write_in_another_session)
        thread.start()
        thread.join()

    with transaction.atomic():
        for step in range(3):
            record(by, "event.drafted", step=step)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            verify,
            "digest",
            lambda entry: (meanwhile(0) if entry.number == 2 else None, digest(entry))[1],
        )
        assert verify_chain() == []
    assert Entry.objects.count() == 4
    assert verify_chain() == []
