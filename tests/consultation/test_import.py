"""Opinions on paper from a table: previewed, written as previewed, never twice."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.consultation.actions import import_opinions
from danchu.consultation.input.opinion_list import COLUMNS, read_opinions
from danchu.consultation.models import Opinion
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from tests.consultation.conftest import TITLE
from tests.consultation.test_acts import UNTIL_OPEN

HEAD = [str(column.label) for column in COLUMNS]
ROW = (TITLE, "TĐ-1", "12/03/2026", "", "Không đồng ý", 2, "Xin một mét.", 1, "", "Nữ", "", "")


def workbook(*rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEAD, *rows)):
            sheet.write_row(number, 0, row)
    file.seek(0)
    return file


def changed(**cells):
    keys = [column.key for column in COLUMNS]
    return tuple(cells.get(key, value) for key, value in zip(keys, ROW, strict=True))


@pytest.fixture
def clerk(officials):
    return Actor.of(officials.clerk)


@pytest.fixture
def opened(begin):
    return begin(*UNTIL_OPEN)


def write(by, *rows):
    token = read_opinions(workbook(*rows), "a.xlsx", by).token
    return import_opinions(workbook(*rows), "a.xlsx", by=by, token=token)


def test_papers_are_written_with_all_they_say_and_never_twice(clerk, opened):
    rows = [changed(paper=f"P{n}", people=n % 2, text=f"Câu {n}") for n in range(40)]
    assert write(clerk, *rows) == 40
    assert write(clerk, *rows, changed(paper="P40")) == 1
    assert list(Opinion.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, 42)
    )
    one = Opinion.objects.get(paper="P40")
    assert (one.way, one.stance, one.passage, one.text) == ("paper", "disagree", 2, "Xin một mét.")
    assert (one.people, one.sex, one.content.number) == (1, "female", 1)
    assert Opinion.objects.filter(people=0).count() == 20


@pytest.mark.parametrize(
    "wrong",
    [
        {"consultation": "Việc khác"},
        {"paper": ""},
        {"received_on": "09/03/2026"},
        {"stance": "Có lẽ"},
        {"passage": 3},
        {"stance": "Ý kiến khác", "text": ""},
        {"sex": "Khác"},
        {"village": "Nơi không có"},
        {"way": "Cổng thông tin"},
    ],
)
def test_one_bad_cell_is_named_and_nothing_is_written(clerk, opened, wrong):
    rows = [changed(paper="P1"), changed(**{"paper": "P2", **wrong})]
    outcome = read_opinions(workbook(*rows), "a.xlsx", clerk)
    assert {problem.row for problem in outcome.problems} == {3}
    with pytest.raises(Refused):
        import_opinions(workbook(*rows), "a.xlsx", by=clerk, token=outcome.token)
    assert not Opinion.objects.exists()


def test_one_paper_twice_in_a_file_is_named(clerk, opened):
    outcome = read_opinions(workbook(ROW, ROW), "a.xlsx", clerk)
    assert [problem.row for problem in outcome.problems] == [3]


def test_whoever_may_not_write_opinions_imports_none(officials, opened):
    with pytest.raises(Denied):
        write(Actor.of(officials.auditor), ROW)


def test_the_pages_preview_and_write(client, officials, opened):
    client.force_login(officials.clerk)
    assert client.get("/desk/opinions/import/sample.xlsx").status_code == 200
    file = SimpleUploadedFile("a.xlsx", workbook(ROW).read())
    page = client.post("/desk/opinions/import/", {"file": file}, follow=True)
    assert TITLE in page.content.decode()
    path, token = page.redirect_chain[-1][0], page.context["preview"].token
    assert client.post(path, {"token": token}).url == "/desk/opinions/"
    assert Opinion.objects.get().paper == "TĐ-1"
