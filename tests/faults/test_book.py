"""The book proves itself: records are compared with what the entries of the journal say of them."""

import json
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command, execute_from_command_line
from django.db import IntegrityError, connection, transaction

from danchu.figures.models import Release, ReleasedFigure, ReleasedPeriod
from danchu.journal.actions import publish_checkpoint, record
from danchu.journal.chain import digest
from danchu.journal.checkpoints import published_keys
from danchu.journal.digest_form import canonical_text, forms
from danchu.journal.digest_proof import digested_row, entry_rows, row_proof, tree_proof
from danchu.journal.loading import found_digests
from danchu.journal.models import Change, Entry, RowDigest
from danchu.journal.verify import head
from danchu.journal.verify_rows import row_problems
from danchu.papers.models import Paper
from danchu.papers.proof import paper_problems
from danchu.people.models import Account
from danchu.register.actions import (
    attach_paper,
    confirm_event,
    confirm_statement,
    correct_event,
    discard_draft,
    draft_event,
    draft_statement,
    edit_draft,
    withdraw_event,
)
from danchu.register.imports import import_events
from danchu.register.models import Event, Part
from danchu.reports.actions import seal_report
from danchu.reports.document import fill
from danchu.reports.drift import broken_seals
from danchu.reports.sealing import seal_digest
from danchu.units.actions import open_body
from tests.faults.test_seals import form, table
from tests.journal.test_checkpoints import run as run_script
from tests.people.conftest import NOW, country, system  # noqa: F401
from tests.site.conftest import PDF

DAY = date(2025, 9, 9)
# The columns that a copy of an event shares with it.
COLUMNS = ", ".join(
    f'"{field.column}"'
    for field in Event._meta.concrete_fields
    if field.name not in ("id", "uid", "reference")
)


@pytest.fixture
def write(db, system, country, settings, tmp_path):  # noqa: F811
    """Makes a confirmed event with a part; digests are founded before."""
    settings.PAPERS_ROOT = tmp_path
    found_digests(by=system)

    def make(name):
        event = draft_event(
            by=system,
            kind="conference",
            unit=country.here,
            held_on=DAY,
            title="Hội nghị “đối thoại”\\ \U0001f1fb\U0001f1f3",
            reference=name,
            participants=5,
            parts=[("bridge_point", country.village, "Điểm cầu", 12)],
        )
        return confirm_event(event, by=system)

    return make


@pytest.fixture
def register(write, system):  # noqa: F811
    """Confirmed events E1 and E2, E3 withdrawn, E4 superseded by its correction, a draft E5."""
    events = {name: write(name) for name in ("E1", "E2", "E3", "E4")}
    withdraw_event(events["E3"], by=system, reason="Nhầm")
    correct_event(events["E4"], by=system, reason="Nhầm", participants=6)
    draft = draft_event(
        by=system, kind="conference", unit=events["E1"].unit, held_on=DAY, title="Nháp"
    )
    edit_draft(draft, by=system, title="Nháp khác")
    connection.check_constraints()
    return events


@contextmanager
def without_triggers(*tables):
    """What someone with the database's own powers does."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def plant(sql, *tables):
    with without_triggers(*tables) as cursor:
        cursor.execute(sql)


def problems():
    return list(row_problems())


def place(event):
    return f"bản ghi {event} (#{event.pk})"


def test_an_honest_register_agrees_with_the_journal(register):
    assert problems() == []
    assert not Change.objects.exists()


PLANTED = {
    "withdrawn": ("UPDATE register_event SET state = 'withdrawn' WHERE id = {0}", "trạng thái"),
    "to draft": ("UPDATE register_event SET state = 'draft' WHERE id = {0}", "trạng thái"),
    "a number": ("UPDATE register_event SET participants = 9 WHERE id = {0}", "nội dung"),
    "a day": ("UPDATE register_event SET held_on = held_on - 1 WHERE id = {0}", "nội dung"),
    "a unit": ("UPDATE register_event SET unit_id = unit_id + 1 WHERE id = {0}", "nội dung"),
    "an instant": (
        "UPDATE register_event SET confirmed_at = confirmed_at + interval '1 microsecond' "
        "WHERE id = {0}",
        "nội dung",
    ),
    "no body": ("UPDATE register_event SET reason = 'x' WHERE id = {0}", "nội dung"),
    "a part": ("UPDATE register_part SET amount = 99 WHERE event_id = {0}", "nội dung"),
    "a part gone": ("DELETE FROM register_part WHERE event_id = {0}", "nội dung"),
    "a part more": (
        "INSERT INTO register_part (event_id, role, unit_id, name, amount) "
        "SELECT event_id, role, unit_id, name, amount FROM register_part WHERE event_id = {0}",
        "nội dung",
    ),
}


@pytest.mark.case("TR1")
@pytest.mark.parametrize("change", PLANTED)
def test_a_record_changed_around_the_triggers_is_named(register, change):
    sql, message = PLANTED[change]
    plant(sql.format(register["E1"].pk))
    event = Event.objects.get(pk=register["E1"].pk)
    [(where, what)] = problems()
    assert where == place(event) and message in what


def test_a_record_that_has_gone_is_named(register):
    plant(
        f"DELETE FROM register_part WHERE event_id = {register['E2'].pk}; "
        f"DELETE FROM register_event WHERE id = {register['E2'].pk}"
    )
    [(where, what)] = problems()
    assert where == f"bản ghi #{register['E2'].pk}" and "đã bị xóa" in what


def test_a_withdrawn_record_that_counts_again_is_named(register):
    plant("UPDATE register_event SET state = 'confirmed', reason = '' WHERE reference = 'E3'")
    [(where, what)] = problems()
    assert where == place(register["E3"])
    assert "trạng thái là “confirmed”" in what and "“withdrawn”" in what


@pytest.mark.case("TR1")
@pytest.mark.parametrize("number", [1, 1000])
def test_counted_rows_without_an_entry_are_found_and_named(register, number):
    plant(
        f"INSERT INTO register_event (uid, reference, {COLUMNS}) "
        f"SELECT gen_random_uuid(), 'X' || n, {COLUMNS} "
        f"FROM register_event, generate_series(1, {number}) AS n WHERE reference = 'E1'"
    )
    rows = Event.objects.filter(reference__startswith="X")
    assert {where for where, _what in problems()} == {place(event) for event in rows}
    assert {what for _where, what in problems()} == {"không có dòng nhật ký nào ghi bản ghi này"}


def test_a_row_planted_together_with_a_plain_entry_is_found(register, system):  # noqa: F811
    event = register["E1"]
    with without_triggers():
        Event.objects.filter(pk=event.pk).update(state="withdrawn", reason="Nhầm")
    record(system, "event.withdrawn", event, unit=event.unit)
    [(where, what)] = problems()
    assert where == place(event) and "trạng thái là “withdrawn”" in what


def test_a_digest_planted_with_the_row_breaks_the_tree_of_its_entry(register):
    event = register["E1"]
    plant(f"UPDATE register_event SET participants = 9 WHERE id = {event.pk}")
    form = forms()["event"]
    number = RowDigest.objects.get(kind="event", subject=event.pk).entry
    plant(
        f"UPDATE journal_rowdigest AS d SET digest = {form.digest('d.salt', 'd.form')} "
        f"FROM register_event AS r WHERE d.kind = 'event' AND d.subject = r.id "
        f"AND r.id = {event.pk}",
        "journal_rowdigest",
    )
    [(where, what)] = problems()
    assert where == f"nhật ký {number}" and f"bản ghi #{event.pk}" in what


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("DELETE FROM journal_rowdigest WHERE entry = {0}", "đã bị xóa"),
        ("UPDATE journal_rowdigest SET state = 'withdrawn' WHERE entry = {0}", "đã bị sửa"),
        ("UPDATE journal_rowdigest SET entry = entry - 1 WHERE entry = {0}", "không ghi"),
        (
            "INSERT INTO journal_rowdigest (entry, kind, subject, form, state, salt, digest) "
            "SELECT entry, kind, subject, form, state, salt, digest FROM journal_rowdigest "
            "WHERE entry = {0}",
            "không ghi|đã bị sửa",
        ),
    ],
)
def test_digests_that_are_not_those_of_their_entry_are_found(register, sql, message):
    event = register["E1"]
    number = RowDigest.objects.get(kind="event", subject=event.pk).entry
    plant(sql.format(number), "journal_rowdigest")
    messages = [what for where, what in problems() if where.startswith("nhật ký")]
    assert any(words in what for what in messages for words in message.split("|"))


def test_a_salt_that_has_gone_is_told(register):
    event = register["E1"]
    plant(f"UPDATE journal_rowdigest SET salt = NULL WHERE subject = {event.pk} AND kind = 'event'")
    [(where, what)] = problems()
    assert where == place(event) and "muối" in what


@pytest.mark.case("TR1")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE register_event SET state = 'withdrawn', reason = 'x' WHERE id = {0}",
        "UPDATE register_event SET state = 'withdrawn', reason = 'x' WHERE state = 'confirmed'",
    ],
)
def test_the_database_commits_no_change_of_a_counted_row_without_its_entry(register, sql):
    with pytest.raises(IntegrityError, match="journal_changes_digested"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql.format(register["E1"].pk))
        connection.check_constraints()
    assert problems() == []


def test_the_database_commits_no_counted_row_without_its_entry(register):
    event = register["E1"]
    with pytest.raises(IntegrityError, match="journal_changes_digested"), transaction.atomic():
        Event.objects.create(
            uid="11111111-1111-4111-8111-111111111111",
            kind="conference",
            unit=event.unit,
            held_on=DAY,
            title="x",
            state="confirmed",
            recorded_by="x",
            recorded_at=event.recorded_at,
        )
        connection.check_constraints()


def test_a_change_after_the_last_entry_of_its_transaction_is_refused(register, system):  # noqa: F811
    event = register["E1"]
    with pytest.raises(IntegrityError, match="journal_changes_digested"), transaction.atomic():
        withdraw_event(event, by=system, reason="Nhầm")
        Event.objects.filter(pk=register["E2"].pk).update(state="withdrawn", reason="x")
        connection.check_constraints()


def test_before_the_founding_nothing_is_refused_nor_verified(db, system, country):  # noqa: F811
    Event.objects.create(
        uid="11111111-1111-4111-8111-111111111111",
        kind="conference",
        unit=country.here,
        held_on=DAY,
        title="x",
        state="confirmed",
        recorded_by="x",
        recorded_at="2025-09-09T00:00:00Z",
    )
    connection.check_constraints()
    assert problems() == []
    assert found_digests(by=system) >= 1
    assert problems() == []
    assert found_digests(by=system) == 0  # a row planted later is not taken for an earlier one
    assert Entry.objects.filter(act="rows.founded").count() == 1


def test_a_founding_that_the_journal_does_not_have_is_told(register):
    plant("DELETE FROM journal_founding WHERE kind = 'event'", "journal_founding")
    assert "không khớp với sổ nhật ký" in [what for _where, what in problems()]


def test_a_discarded_draft_leaves_no_digest(register, system):  # noqa: F811
    before = RowDigest.objects.count()
    discard_draft(Event.objects.get(state="draft"), by=system)
    assert RowDigest.objects.count() == before and not Change.objects.exclude(kind="").exists()


def test_each_entry_of_a_transaction_looks_only_at_what_came_after_the_one_before(write):
    """Else thousands of small entries in one transaction pass over the notes of all before."""
    with connection.cursor() as cursor:
        for name in ("E1", "E2"):
            write(name)
            cursor.execute("SELECT journal_recorded()")
            assert cursor.fetchone() == (Entry.objects.latest("number").number,)
    assert problems() == []


def test_an_import_is_one_entry_with_one_tree_that_shows_each_row(write, system, country):  # noqa: F811
    lines = ["reference,kind,held_on,unit_code,title,participants"]
    country.here.standings.update(code="00001")
    lines += [f"N{n},conference,2025-09-09,00001,Hội nghị {n},{n}" for n in range(7)]
    import_events(BytesIO("\n".join(lines).encode()), "bang.csv", by=system)
    entry = Entry.objects.get(act="events.imported")
    version, size, _root = entry.rows.split()
    assert (version, size) == ("rows/1", "7")
    assert problems() == []
    for key in Event.objects.filter(batch__isnull=False).values_list("pk", flat=True):
        latest = RowDigest.objects.get(kind="event", subject=key)
        proof = digested_row("event", key).whole() | tree_proof(latest)
        assert entry_rows(json.loads(json.dumps(proof))) == entry.rows
        values = json.loads(proof["content"])
        assert canonical_text(values) == proof["content"]  # as Python writes it
        assert values[3 + proof["fields"].index("participants")] == int(
            Event.objects.get(pk=key).reference.removeprefix("N")
        )
        proof["content"] = proof["content"].replace("conference", "dialogue")
        assert entry_rows(proof) != entry.rows


@pytest.mark.case("TR1")
def test_the_script_that_stands_alone_checks_a_record_against_a_checkpoint(
    register,
    system,
    tmp_path,  # noqa: F811
):
    publish_checkpoint(by=system)
    withdraw_event(register["E2"], by=system, reason="Nhầm")
    checkpoint = publish_checkpoint(by=system)
    keys, note, proof = (tmp_path / name for name in ("keys", "note", "proof"))
    keys.write_text("\n".join(published_keys()))
    note.write_text(checkpoint.note)
    for event in (register["E1"], register["E2"]):
        row = row_proof("event", event.pk, checkpoint.size)
        proof.write_text(json.dumps(row))
        assert run_script(keys, note, proof) == (
            0,
            f"{row['row']['content']}\nđúng / holds: {checkpoint.size}\n",
        )
        for wrong in (
            {"content": row["row"]["content"].replace("12", "13")},
            {"state": "draft"},
            {"salt": "0" * 32},
            {"index": 1},
            {"blinded": "0" * 64},
        ):
            proof.write_text(json.dumps(row | {"row": row["row"] | wrong}))
            assert run_script(keys, note, proof)[0] == 1
    out = StringIO()
    call_command("checkpoint", "proof", f"event:{register['E1'].pk}", stdout=out)
    assert json.loads(out.getvalue())["row"]["content"].startswith('["event", 2, ')


def test_a_statement_is_proved_too(write, system, country):  # noqa: F811
    body = open_body(
        by=system, unit=country.here, kind="agency", name="Phòng 1", since=date(2025, 7, 1)
    )
    statement = draft_statement(
        by=system,
        body=body,
        indicator="dialogues",
        since=date(2025, 8, 1),
        until=date(2025, 9, 1),
        amount=3,
    )
    attach_paper(statement, BytesIO(PDF), "a.pdf", by=system)
    confirm_statement(statement, by=system)
    assert problems() == []
    plant("UPDATE register_statement SET amount = 30")
    [(where, what)] = problems()
    assert where.startswith("số liệu báo cáo") and "nội dung" in what


PUBLISHED = {
    "a number": ("UPDATE figures_releasedfigure SET value = '70'", "đợt công bố"),
    "a number gone": ("DELETE FROM figures_releasedfigure", "đợt công bố"),
    "a year": ("UPDATE figures_release SET year = 2023", "đợt công bố"),
    "a total": ("UPDATE figures_releasedperiod SET value = '70'", "số tổng đã công bố"),
    "a total gone": ("DELETE FROM figures_releasedperiod", "số tổng đã công bố"),
    "a total more": (
        "INSERT INTO figures_releasedperiod (key, unit_id, since, until, map_day, value, "
        "released_on) SELECT key, unit_id, since, until + 1, map_day, value, released_on "
        "FROM figures_releasedperiod",
        "số tổng đã công bố",
    ),
}


@pytest.mark.case("TR1", "FI9")
@pytest.mark.parametrize("change", PUBLISHED)
def test_a_published_number_that_was_changed_is_named(write, system, country, change):  # noqa: F811
    release = Release.objects.create(table="t", year=2024, map_day=DAY, released_on=DAY)
    ReleasedFigure.objects.create(release=release, key="t", unit=country.province, value="7")
    ReleasedPeriod.objects.create(
        key="t",
        unit=country.province,
        since=DAY,
        until=NOW,
        map_day=DAY,
        value="7",
        released_on=NOW,
    )
    record(system, "figures.released", None, year=2024)
    connection.check_constraints()
    assert problems() == []
    sql, title = PUBLISHED[change]
    plant(sql, "figures_release", "figures_releasedfigure", "figures_releasedperiod")
    [(where, _what)] = problems()
    assert where.startswith(title)


@pytest.mark.case("TR1", "TR2")
@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE reports_seal SET title = 'khác', digest = '{0}'", "không ghi"),
        ("DELETE FROM reports_sealline; DELETE FROM reports_seal", "bị xóa"),
        (
            "INSERT INTO reports_seal (form, title, unit_id, map_day, text, sealed_by, sealed_at, "
            "journal_head, digest) SELECT form, title, unit_id, map_day, text, sealed_by, "
            "sealed_at, journal_head, '{0}' FROM reports_seal",
            "không ghi",
        ),
    ],
)
def test_a_seal_that_was_replaced_with_its_hash_is_named(write, country, system, sql, message):  # noqa: F811
    """Whoever writes another report into the seal computes its hash anew."""
    write("E1")
    seal = seal_report(
        fill(form(country.province, table("online_conference_delegates"))), by=system
    )
    assert list(broken_seals()) == []
    digests = [line.digest for line in seal.lines.all()]
    other = seal_digest(
        seal.form, "khác", seal.unit_id, seal.map_day, seal.text, seal.journal_head, digests
    )
    plant(sql.format(other), "reports_seal", "reports_sealline")
    assert any(message in what for _where, what in broken_seals())


@pytest.mark.case("TR1")
@pytest.mark.parametrize("change", ["sealed_at = sealed_at - interval '1 day'", "sealed_by = 'x'"])
def test_who_sealed_a_report_and_when_is_proved(write, country, system, change):  # noqa: F811
    write("E1")
    seal = seal_report(
        fill(form(country.province, table("online_conference_delegates"))), by=system
    )
    assert problems() == []
    plant(f"UPDATE reports_seal SET {change}", "reports_seal")
    [(where, _what)] = problems()
    assert f"#{seal.pk}" in where


@pytest.mark.case("TR1")
def test_a_paper_that_was_replaced_with_its_hash_is_named(register, system):  # noqa: F811
    event = register["E1"]
    attach_paper(event, BytesIO(PDF), "a.pdf", by=system)
    assert list(paper_problems()) == []
    paper = Paper.objects.get()
    content = PDF + b"%"
    other = sha256(content).hexdigest()
    plant(f"UPDATE papers_paper SET hash = '{other}'")
    Paper.objects.get().path.parent.mkdir(parents=True, exist_ok=True)
    Paper.objects.get().path.write_bytes(content)
    [(where, what)] = paper_problems()
    assert other[:16] in where and "nhật ký" in what
    plant("DELETE FROM register_attachment; DELETE FROM papers_paper")
    [(where, what)] = paper_problems()
    assert paper.hash[:16] in where and "bị xóa" in what


@pytest.mark.case("TR1")
def test_an_earlier_digest_put_after_the_later_one_is_found(register):
    """The row as it was before the withdrawal, and the digests in the other order."""
    event = register["E3"]
    first, last = RowDigest.objects.filter(kind="event", subject=event.pk).order_by("pk")
    plant(
        f"UPDATE register_event SET state = 'confirmed', reason = '' WHERE id = {event.pk}; "
        f"UPDATE journal_rowdigest SET id = -1 WHERE id = {last.pk}; "
        f"UPDATE journal_rowdigest SET id = {last.pk} WHERE id = {first.pk}",
        "journal_rowdigest",
    )
    assert problems()


def test_the_command_names_the_record_and_fails(register):
    plant(f"UPDATE register_event SET state = 'withdrawn' WHERE id = {register['E1'].pk}")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", stdout=out)
    assert place(register["E1"]) in out.getvalue()


def test_what_was_verified_is_not_read_again(register, system):  # noqa: F811
    number, mark = head()
    plant(f"UPDATE register_event SET participants = 9 WHERE id = {register['E1'].pk}")
    withdraw_event(register["E2"], by=system, reason="Nhầm")
    plant("UPDATE register_event SET participants = 9 WHERE reference = 'E2'")
    assert [where for where, _what in row_problems(since=number)] == [place(register["E2"])]
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", "--since", f"{number}:{mark}", stdout=out)
    assert place(register["E2"]) in out.getvalue()


def test_the_entry_signs_the_root_of_its_rows(register):
    entry = Entry.objects.exclude(rows="").latest("number")
    assert digest(entry) == entry.hash
    entry.rows = entry.rows[:-1] + ("0" if entry.rows[-1] != "0" else "1")
    assert digest(entry) != entry.hash


def test_an_entry_without_records_is_hashed_as_before(db, system):
    entry = record(system, "event.drafted")
    assert entry.rows == ""
    assert digest(entry) == entry.hash


@pytest.mark.case("TR3")
@pytest.mark.parametrize(
    "command",
    [
        ["flush", "--no-input"],
        ["sqlflush"],
        ["loaddata", "x.json"],
        ["migrate", "register", "zero"],
        ["migrate", "register", "0001"],
    ],
)
def test_commands_that_empty_or_load_tables_are_refused_with_records(register, settings, command):
    settings.TESTING = False
    before = Event.objects.count()
    with pytest.raises(CommandError, match="bị từ chối"):
        call_command(*command, stdout=StringIO())
    assert Event.objects.count() == before and Part.objects.exists()


@pytest.mark.case("TR3")
@pytest.mark.parametrize(
    "command", [["createsuperuser", "--email", "a@b.vn"], ["changepassword", "a@b.vn"]]
)
@pytest.mark.parametrize("program", ["danchu", "manage.py"])
def test_commands_that_write_accounts_without_an_entry_are_refused(
    db, capsys, monkeypatch, program, command
):
    monkeypatch.setattr("django.core.management.base.connections.close_all", lambda: None)
    with pytest.raises(SystemExit) as end:
        execute_from_command_line([program, *command])
    assert end.value.code == 1
    assert "bị từ chối" in capsys.readouterr().err
    assert not Account.objects.exists()


@pytest.mark.case("TR3")
def test_a_database_without_records_may_be_loaded(db, settings):
    settings.TESTING = False
    with pytest.raises(CommandError, match="x.json|No fixture"):
        call_command("loaddata", "x.json", stdout=StringIO())
