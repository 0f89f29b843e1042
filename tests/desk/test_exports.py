"""A long list written to a file in the background: asked for, resumed, fetched by who may."""

import csv
import errno
import fcntl
import io
import json
import os
from datetime import date

import pytest
from procrastinate.exceptions import JobAborted

from danchu.exports import actions
from danchu.exports.actions import remove_exports, request_export
from danchu.exports.models import Export, State
from danchu.exports.store import file_path, pieces_path
from danchu.exports.writes import pieces
from danchu.exports.writes.pieces import write
from danchu.jobs import querysets
from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.look.sheets import with_missing
from danchu.people.actor import Actor
from danchu.register.actions import draft_event
from tests.desk.conftest import BY

LIST = "/desk/records.csv"


@pytest.fixture
def book(officials, client, settings, tmp_path):
    """Seven events, a clerk logged in; more than three rows are a long list, two are a piece."""
    settings.EXPORTS_ROOT = tmp_path / "exports"
    settings.EXPORT_ROWS = 3
    settings.EXPORT_PIECE = 2
    for number in range(7):
        draft_event(
            "supervision_217",
            by=BY,
            unit=officials.ward,
            held_on=date(2026, 3, 3),
            title=f"Đối thoại {number}",
        )
    client.force_login(officials.clerk)
    return officials


def asked(officials, ending="csv", query=""):
    return request_export("records", query, ending, by=Actor.of(officials.clerk))


def read(export):
    return list(csv.reader(io.StringIO(file_path(export).read_text(encoding="utf-8-sig"))))


@pytest.mark.case("FA35")
def test_a_long_list_is_offered_and_the_file_is_watched_and_fetched(book, client):
    offered = client.get(LIST)
    assert "hơn 3 dòng" in offered.content.decode()
    sent = client.post("/desk/exports/new/", {"name": "records", "query": "", "ending": "csv"})
    export = Export.objects.get()
    assert sent.url == f"/desk/exports/{export.uid}/"
    assert 'http-equiv="refresh"' in client.get(sent.url).content.decode()
    assert client.get(f"{sent.url}file/").status_code == 302
    write(export.pk)
    text = client.get(sent.url).content.decode()
    assert 'http-equiv="refresh"' not in text and f"{sent.url}file/" in text
    answer = client.get(f"{sent.url}file/")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 8
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="so-viec.csv"'
    acts = list(Entry.objects.filter(kind="export").values_list("act", flat=True))
    assert acts == ["export.requested", "export.downloaded"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_who_waits_sees_the_rows_read_and_then_the_rows_of_the_file_grow(
    book, client, monkeypatch, ending
):
    export = asked(book, ending)
    seen = []

    def noting(*arguments, **fields):
        stored(*arguments, **fields)
        row = Export.objects.get(pk=export.pk)
        seen.append((row.rows, row.packed, row.total))
        if row.is_under_way:
            assert "/ 7" in client.get(f"/desk/exports/{export.uid}/").content.decode()

    stored = pieces._record
    monkeypatch.setattr(pieces, "_record", noting)
    write(export.pk)
    assert seen[:5] == [(0, 0, 7), (2, 0, 7), (4, 0, 7), (6, 0, 7), (7, 0, 7)]
    assert seen[5:8] == [(7, 2, 7), (7, 4, 7), (7, 6, 7)]
    assert Export.objects.get().state == State.READY


def test_it_holds_the_rows_of_the_list_in_its_order(book, client, settings):
    export = asked(book)
    write(export.pk)
    settings.EXPORT_ROWS = 100
    at_once = b"".join(client.get(LIST).streaming_content)
    assert file_path(export).read_bytes() == at_once


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_killed_after_a_piece_it_goes_on_from_there_without_a_row_twice(book, ending):
    export = asked(book, ending)
    with pytest.raises(JobAborted):
        write(export.pk, stop=lambda: True)
    export.refresh_from_db()
    assert (export.state, export.rows) == (State.WRITING, 2)
    with open(pieces_path(export), "ab") as file:  # a piece that was cut off by kill -9
        file.write(b'["half a ro')
    written = []
    whole = pieces._note

    def noting(*arguments):
        written.append(arguments[1])
        whole(*arguments)

    pieces._note = noting
    try:
        write(export.pk)
    finally:
        pieces._note = whole
    export.refresh_from_db()
    assert (export.state, export.rows, written) == (State.READY, 7, [2, 2, 1])
    if ending == "csv":
        titles = [row[1] for row in read(export)[1:]]
        assert sorted(titles) == [f"Đối thoại {number}" for number in range(7)]
    assert not pieces_path(export).exists()


@pytest.mark.parametrize("first_ends", ["killed", "done"])
def test_a_run_waits_for_one_that_was_only_taken_for_dead(book, monkeypatch, first_ends):
    """The queue starts a job again whose worker was only slow; both runs go on at once."""
    export = asked(book)
    monkeypatch.setattr(pieces, "WAIT_SECONDS", 0.01)
    with pytest.raises(JobAborted):
        write(export.pk, stop=lambda: True)
    first = open(pieces_path(export), "r+b")  # noqa: SIM115  closed as a process that ends does
    fcntl.flock(first, fcntl.LOCK_EX)
    before = pieces_path(export).read_bytes()
    waits = []

    def while_waiting():
        waits.append(pieces_path(export).read_bytes())
        if len(waits) == 3:
            if first_ends == "done":
                Export.objects.filter(pk=export.pk).update(state=State.READY, rows=7)
            first.close()
        return False

    write(export.pk, stop=while_waiting)
    export.refresh_from_db()
    assert waits[:3] == [before] * 3 and (export.state, export.rows) == (State.READY, 7)
    assert file_path(export).exists() == (first_ends == "killed")
    if first_ends == "killed":
        titles = [row[1] for row in read(export)[1:]]
        assert sorted(titles) == [f"Đối thoại {number}" for number in range(7)]


def test_a_run_that_another_has_overtaken_records_nothing(book, monkeypatch):
    """On a file system without locks, or from another machine."""
    export = asked(book)
    monkeypatch.setattr(pieces, "_is_locked", lambda file: True)

    def second_run():
        monkeypatch.undo()
        monkeypatch.setattr(pieces, "_is_locked", lambda file: True)
        write(export.pk)
        return False

    write(export.pk, stop=second_run)
    export.refresh_from_db()
    assert (export.state, export.rows) == (State.READY, 7)
    assert len(read(export)) == 8


def test_what_was_lost_on_disk_is_written_from_the_beginning(book):
    export = asked(book)
    with pytest.raises(JobAborted):
        write(export.pk, stop=lambda: True)
    pieces_path(export).unlink()
    write(export.pk)
    assert len(read(export)) == 8


def test_asked_for_twice_it_is_one_and_the_job_names_nobody(book):
    assert asked(book, query="q=Nguyễn Văn A") == asked(book, query="q=Nguyễn Văn A")
    (job,) = querysets.jobs_in(querysets.WAITING)
    assert job.args == {"export": Export.objects.get().pk}
    assert "Nguyễn" not in str(list(Entry.objects.filter(kind="export").values_list("data")))


def test_filters_that_do_not_read_and_unknown_lists_are_refused(book, client):
    with pytest.raises(Refused):
        asked(book, query="kind=nothing")
    with pytest.raises(Refused):
        request_export("secrets", "", "csv", by=Actor.of(book.clerk))
    with pytest.raises(Refused):
        asked(book, ending="exe")
    assert client.post("/desk/exports/new/", {"name": "x"}).url == "/desk/exports/"
    assert Export.objects.count() == 0


def test_others_see_nothing_of_it_and_other_rights_end_it(book, client):
    export = asked(book)
    write(export.pk)
    Export.objects.filter(pk=export.pk).update(rights="0" * 64)
    assert client.get(f"/desk/exports/{export.uid}/file/").status_code == 403
    client.force_login(book.chair)
    assert client.get(f"/desk/exports/{export.uid}/").status_code == 404
    assert client.get(f"/desk/exports/{export.uid}/file/").status_code == 404


def test_with_other_rights_nothing_is_written(book):
    export = asked(book)
    Export.objects.filter(pk=export.pk).update(rights="0" * 64)
    write(export.pk)
    export.refresh_from_db()
    assert export.state == State.FAILED and "Quyền" in export.fault
    assert not file_path(export).exists()


@pytest.mark.case("SE-M2")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_full_disk_leaves_no_part_of_a_file(book, monkeypatch, ending):
    export = asked(book, ending)

    def begins(file, head, rows):
        file.write(b"Nguyen Van A")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setitem(pieces.WRITERS, ending, begins)
    with pytest.raises(OSError, match="No space"):
        write(export.pk)
    assert [path.suffix for path in pieces_path(export).parent.iterdir()] == [".rows"]
    pieces.fail(export.pk, "Hết chỗ")
    assert list(pieces_path(export).parent.iterdir()) == []


@pytest.mark.case("SE-M2")
def test_rows_of_an_export_whose_rights_ended_do_not_stay(book):
    export = asked(book)
    with pytest.raises(JobAborted):
        write(export.pk, stop=lambda: True)
    assert "Đối thoại" in json.loads(pieces_path(export).read_text().splitlines()[0])[1]
    Export.objects.filter(pk=export.pk).update(rights="0" * 64)
    write(export.pk)
    assert list(pieces_path(export).parent.iterdir()) == []


def test_a_file_is_removed_after_its_days_and_only_its_owner_reads_it_until_then(book, clock):
    export = asked(book)
    write(export.pk)
    assert file_path(export).stat().st_mode & 0o077 == 0
    assert remove_exports(by=BY) == 0
    Export.objects.filter(pk=export.pk).update(last_day="2020-01-01")
    assert remove_exports(by=BY) == 1
    assert not file_path(export).exists()
    export.refresh_from_db()
    assert (export.state, export.query) == (State.REMOVED, "")
    assert remove_exports(by=BY) == 0


@pytest.mark.parametrize("act", ["request_export", "note_download", "remove_exports"])
def test_a_stranger_does_none_of_the_acts(book, act):
    export = asked(book)
    given = {
        "request_export": ("records", "", "csv"),
        "note_download": (export,),
        "remove_exports": (),
    }
    with pytest.raises(Denied):
        getattr(actions, act)(*given[act], by=Actor.public())


@pytest.mark.case("FA35")
def test_a_short_file_says_how_many_rows_it_lacks():
    assert list(with_missing([["a"], ["b"]], 2)) == [["a"], ["b"]]
    assert list(with_missing([["a"], ["b"]], 1502))[2:] == [["Tệp này thiếu 1.500 dòng."]]
