"""A paper is kept once, whole, as what it is; or not at all, in words."""

import errno
import io
import os
import time
import zipfile

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.papers import store, tasks
from danchu.papers.actions import forget_paper, keep_paper
from danchu.papers.cleaning.pictures import rewritten_picture
from danchu.papers.models import Paper
from danchu.papers.names import LONGEST, clean_name
from danchu.papers.proof import paper_problems
from danchu.people.actor import Actor
from tests.inspection.pictures import png
from tests.site.conftest import PDF
from tests.swollen import archive_with_swollen_part

BY = Actor.system("test")
PNG = rewritten_picture(png(), is_anonymous=False)


def packed(**entries):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in entries.items():
            pack.writestr(name.replace("__", "/").replace("_X_", "[Content_Types].xml"), content)
    return file.getvalue()


@pytest.fixture(autouse=True)
def root(settings, tmp_path, db):
    settings.PAPERS_ROOT = tmp_path / "papers"
    return settings.PAPERS_ROOT


def keep(content, name="a.pdf", **more):
    return keep_paper(io.BytesIO(content), name, by=BY, **more)


def files(root):
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def test_one_content_is_kept_once_under_any_name_and_by_anyone(root):
    first, second = keep(PDF), keep(PDF, "Biên bản.pdf")
    assert first == second
    assert files(root) == [first.hash]
    assert Entry.objects.filter(act="paper.kept").count() == 1
    assert first.path.read_bytes() == PDF


@pytest.mark.django_db(transaction=True)
def test_a_content_is_forgotten_only_when_nothing_else_holds_it_and_only_once_that_is_sure(root):
    paper, other = keep(PDF), keep(PDF + b"%")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        forget_paper(paper, by=BY)
        raise ZeroDivisionError
    assert paper.path.exists() and Paper.objects.count() == 2
    assert forget_paper(paper, by=BY)
    assert files(root) == [other.hash] and list(Paper.objects.all()) == [other]
    assert Entry.objects.get(act="paper.forgotten").data == {"paper": paper.pk}
    holds = Paper._meta.get_field("hash").model._meta.get_fields(include_hidden=True)
    assert {field.related_model.__name__ for field in holds if field.one_to_many} >= {
        "Attachment",
        "PetitionPaper",
    }
    with pytest.raises(Denied):
        forget_paper(other, by=Actor.public())


def test_a_content_lost_from_the_disk_is_kept_again(root):
    paper = keep(PDF)
    paper.path.unlink()
    assert [place for place, _said in paper_problems()]
    assert keep(PDF) == paper
    assert list(paper_problems()) == []


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "a.PDF"),
        (PNG, "a.png"),
        ("Sổ;số\n".encode(), "a.csv"),
        ("Sổ".encode("utf-16"), "a.txt"),
    ],
)
def test_what_an_office_makes_is_taken(content, name):
    assert keep(content, name).size == len(content)


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.pdf", "không có nội dung"),
        (PDF, "a.png", "thực ra là PDF"),
        (PNG, "a.pdf", "thực ra là PNG"),
        (PDF[:30], "a.pdf", "bị cắt giữa chừng"),
        (PNG[:20], "a.png", "bị cắt giữa chừng"),
        (b"<html><script>1</script>", "a.txt", "không thuộc loại"),
        (b"#!/bin/sh\nrm", "a.txt", "không thuộc loại"),
        (b"MZ\x90\x00", "a.pdf", "không thuộc loại"),
        (b"\x00\x01", "a.txt", "không thuộc loại"),
        (
            packed(_X_="", word__document_xml="", word__vbaProject_bin=""),
            "a.docx",
            "không thuộc loại",
        ),
        (packed(readme=""), "a.docx", "không thuộc loại"),
        (b"PK\x03\x04cut", "a.docx", "không thuộc loại"),
    ],
)
def test_what_lies_runs_or_was_cut_off_is_refused_and_leaves_nothing(root, content, name, told):
    with pytest.raises(Refused, match=told) as refusal:
        keep(content, name)
    assert refusal.value.field == "file"
    assert files(root) == []
    assert not Paper.objects.exists()


def test_an_archive_that_swells_up_is_refused_by_what_it_unpacks_to(root):
    bomb = archive_with_swollen_part("word/document.xml", {"[Content_Types].xml": ""})
    with pytest.raises(Refused, match="mở ra quá lớn"):
        keep(bomb, "a.docx")
    assert files(root) == []


def test_a_file_above_the_limit_is_refused_at_the_limit(root):
    class Endless(io.RawIOBase):
        read_so_far = 0

        def seek(self, *_to):
            return 0

        def read(self, size=-1):
            self.read_so_far += size
            return bytes(size)

    file = Endless()
    with pytest.raises(Refused, match="lớn hơn 2 MB"):
        keep_paper(file, "a.pdf", by=BY, limit=2 * 1024 * 1024)
    assert file.read_so_far <= 3 * store.CHUNK
    assert files(root) == []


def test_a_full_disk_leaves_nothing(root, monkeypatch):
    def full(*_given):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for place in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(store.os, place, full)
            with pytest.raises(
                OSError, match="No space"
            ):  # told as a page of its own: see tests/look
                keep(PDF)
        assert files(root) == []
        assert not Paper.objects.exists()
    assert keep(PDF)


@pytest.mark.case("SE-M2")
def test_a_disk_that_is_full_when_the_copy_is_closed_leaves_nothing(root, monkeypatch):
    class Full(io.BytesIO):
        def close(self):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def flush(self):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def opened(handle, _mode):
        os.close(handle)
        return Full()

    with monkeypatch.context() as patch:
        patch.setattr(store.os, "fdopen", opened)
        with pytest.raises(OSError, match="No space"):
            keep(PDF)
    assert files(root) == []


@pytest.mark.case("SE-M2", "SE-L9")
def test_what_uploads_have_left_is_swept_and_what_is_in_use_is_not(root):
    root.mkdir()
    store.waiting_root().mkdir()
    (root / "waiting").mkdir()
    (root / "arriving").mkdir()
    paper = keep(PDF)
    os.utime(paper.path, (0, 0))
    places = [
        (root / ".incoming-a", store.AN_HOUR),
        (root / "incoming-a", store.AN_HOUR),
        (store.waiting_root() / "7-a", store.A_DAY),
        (root / "waiting" / "7-a", store.A_DAY),
        (root / "arriving" / ".7-a", 14 * store.A_DAY),
    ]
    for path, seconds in places:
        path.write_bytes(b"Nguyen Van A")
        path.with_name(path.name + "b").write_bytes(b"in use")
        os.utime(path, (time.time() - seconds - 60,) * 2)
    tasks.sweep(0)
    assert files(root) == sorted([paper.hash, *(f"{path.name}b" for path, _seconds in places)])
    assert all(name.startswith(".") for name in (store.INCOMING, store.waiting_root().name))


@pytest.mark.case("SE-L9")
@pytest.mark.parametrize(
    "name", ["7-" + "a" * 64, "calls-1f0", ".calls-1f0.4711.aabb", "7-tên có dấu", ".7-a.part"]
)
def test_whatever_waits_longer_than_a_day_is_swept_under_any_name(root, name):
    store.waiting_root().mkdir(parents=True)
    old, young = store.waiting_root() / name, store.waiting_root() / f"{name}x"
    for path in (old, young):
        path.write_bytes(b"Nguyen Van A")
    os.utime(old, (time.time() - store.A_DAY - 60,) * 2)
    os.utime(young, (time.time() - store.A_DAY + 600,) * 2)
    tasks.sweep(0)
    assert [path.name for path in store.waiting_root().iterdir()] == [f"{name}x"]


def test_the_public_keeps_nothing(root):
    with pytest.raises(Denied):
        keep_paper(io.BytesIO(PDF), "a.pdf", by=Actor.public())


def test_an_altered_a_missing_and_an_unreadable_file_are_each_named():
    whole, altered, missing = (keep(PDF + bytes([number])) for number in (65, 66, 67))
    assert list(paper_problems()) == []
    altered.path.chmod(0o640)
    altered.path.write_bytes(PDF + b"Z")
    missing.path.unlink()
    told = dict(paper_problems())
    assert len(told) == 2
    assert not any(whole.hash[:16] in place for place in told)
    assert "không còn khớp" in next(
        said for place, said in told.items() if altered.hash[:16] in place
    )
    assert "không còn trên đĩa" in next(
        said for place, said in told.items() if missing.hash[:16] in place
    )


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\Sổ.pdf", "Sổ.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("", "tep"),
        ("...", "tep"),
        ("\x00a.pdf", "a.pdf"),
        ("Bie\u0302n.pdf", "Biên.pdf"),
        ('a"<b>.pdf', "ab.pdf"),
    ],
)
def test_a_hostile_name_is_made_plain(name, clean):
    assert clean_name(name) == clean


@given(st.text(max_size=400))
def test_any_name_becomes_one_short_line_that_is_no_path(name):
    found = clean_name(name)
    assert 0 < len(found) <= LONGEST
    assert not set(found) & set('/\\<>:"|?*\n\r\t\0')
    assert found not in (".", "..")
