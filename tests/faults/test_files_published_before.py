"""Files that were published before they were cleaned when they came in: found, named, and not sent
until it is known that they tell nothing of who made them. Their hash stays in the journal.
"""

import io

import pytest

from danchu.conference.actions.programme import add_item, add_item_paper
from danchu.config.paper_checks import published_papers_tell_no_author
from danchu.config.published_papers import look_at_earlier_papers, published_papers
from danchu.journal.models import Entry
from danchu.papers import actions
from danchu.papers.clean_marks import is_known_clean, not_known_clean
from danchu.papers.models import Paper
from danchu.papers.proof import paper_problems
from danchu.papers.screening import screen_file, tells_its_author
from danchu.people.actor import Actor
from tests.conference.conftest import (  # noqa: F401
    _law_loaded_once,
    committee,
    conference,
    convened,
    country,
    delegates,
    holder,
    in_march,
    offices,
    person,
    system,
)
from tests.inspection.pictures import jpeg, png
from tests.papers.samples import docx, ods, odt, pdf, xlsx

BY = Actor.system("test")
WITH_AUTHOR = {
    "a.docx": docx,
    "a.xlsx": xlsx,
    "a.odt": odt,
    "a.ods": ods,
    "a.pdf": pdf,
    "a.jpg": jpeg,
    "a.png": png,
}


@pytest.mark.parametrize("name", WITH_AUTHOR)
def test_a_file_that_tells_its_author_is_told_from_one_that_was_cleaned(name):
    content = WITH_AUTHOR[name]()
    media, clean = screen_file(io.BytesIO(content), name, is_anonymous=True)
    assert tells_its_author(clean, media.name) is False
    if name != "a.png":  # the sample has nothing but its pixels
        assert tells_its_author(io.BytesIO(content), media.name) is True


def test_a_text_tells_nothing():
    assert tells_its_author(io.BytesIO("Ghi chú".encode()), "text/plain") is False


@pytest.fixture
def earlier(monkeypatch):
    """Stores as the versions did that cleaned nothing and noted nothing."""

    def keep(file, name, *, by, limit=None, is_anonymous=False):
        return actions.keep_paper(file, name, by=by, limit=limit)

    monkeypatch.setattr("danchu.conference.actions.programme.keep_paper", keep)
    return lambda: monkeypatch.undo()


def names(troubles):
    return [trouble.what for trouble in troubles]


def test_what_was_published_before_is_looked_at_named_and_not_sent(
    client,
    convened,
    delegates,
    earlier,
    steward_code,  # noqa: F811
):
    item = add_item(convened, by=BY, title="Báo cáo")
    told = add_item_paper(item, io.BytesIO(docx()), "to-trinh.docx", by=BY)
    plain = add_item_paper(item, io.BytesIO("Chương trình".encode()), "chuong-trinh.txt", by=BY)
    earlier()
    fresh = add_item_paper(item, io.BytesIO(odt()), "bao-cao.odt", by=BY)
    assert set(not_known_clean(published_papers())) == {told.paper, plain.paper}
    (what,) = names(published_papers_tell_no_author())
    assert "2 tệp" in what and "to-trinh.docx" in what and "bao-cao.odt" not in what
    hashes = dict(Paper.objects.values_list("pk", "hash"))

    assert look_at_earlier_papers(by=BY) == 1
    assert look_at_earlier_papers(by=BY) == 0, "twice"
    (what,) = names(published_papers_tell_no_author())
    assert "1 tệp" in what and "to-trinh.docx" in what and "chuong-trinh" not in what
    note = Entry.objects.get(act="paper.found_clean")
    assert (note.subject, note.data["hash"]) == (str(plain.paper_id), plain.paper.hash)
    # The originals are as they were, and the journal has the hash of each.
    assert dict(Paper.objects.values_list("pk", "hash")) == hashes
    assert list(paper_problems()) == []

    client.post("/h/", {"code": steward_code})
    answers = {
        paper: client.get(f"/hall/{convened.pk}/papers/{paper.pk}/")
        for paper in (told, plain, fresh)
    }
    assert [answer.status_code for answer in answers.values()] == [403, 200, 200]
    assert "thông tin về người soạn" in answers[told].content.decode()


@pytest.fixture
def steward_code(convened, delegates):  # noqa: F811
    from danchu.conference.access.codes import personal_code  # noqa: PLC0415

    (delegate,) = delegates(convened, 1)
    return personal_code(delegate.uid, 1)


def test_what_is_stored_for_publication_is_marked_also_where_it_was_stored_before(
    db, settings, tmp_path
):
    settings.PAPERS_ROOT = tmp_path
    text = "Danh sách".encode()
    paper = actions.keep_paper(io.BytesIO(text), "a.txt", by=BY)
    assert not is_known_clean(paper)
    for _time in range(2):
        assert actions.keep_paper(io.BytesIO(text), "b.txt", by=BY, is_anonymous=True) == paper
    assert is_known_clean(paper)
    assert Entry.objects.filter(act="paper.found_clean").count() == 1
    other = actions.keep_paper(io.BytesIO(docx()), "a.docx", by=BY, is_anonymous=True)
    assert is_known_clean(other)
    assert list(not_known_clean(Paper.objects.all())) == []
