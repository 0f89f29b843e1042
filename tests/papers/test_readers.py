"""A reader that the tests copy (tests/readers.py) answers as the one that the product starts."""

import io
from datetime import date

import pytest
import xlsxwriter

from danchu.kernel.refusals import Refused
from danchu.papers.screening import screen_file
from danchu.register.imports import reading
from tests import readers
from tests.papers import samples


def picture():
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (9, 7), "red").save(file, "PNG")
    return file.getvalue()


def workbook():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Ngày", "Số", "Lỗi"])
        sheet.write_datetime(1, 0, date(2026, 3, 3), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_row(1, 1, [4.5, "=1/0"])
    return file.getvalue()


def screened(content, name):
    """(type, content to store) or the refusal, cleaned of who made the file."""
    try:
        media, cleaned = screen_file(io.BytesIO(content), name, is_anonymous=True)
    except Refused as refusal:
        return refusal.message
    return media.name, cleaned and cleaned.read()


def rows(content):
    try:
        return [(number, [str(cell) for cell in cells]) for number, cells in read(content)]
    except Refused as refusal:
        return refusal.message


def read(content):
    return reading.read_rows(io.BytesIO(content), "a.xlsx")


@pytest.mark.parametrize(
    ("ask", "arguments"),
    [
        (screened, (picture(), "a.png")),
        (screened, (picture()[:60], "a.png")),
        (screened, (samples.pdf(), "a.pdf")),
        (screened, (samples.pdf()[:99], "a.pdf")),
        (screened, (samples.docx(), "a.docx")),
        (screened, (samples.odt(), "a.odt")),
        (screened, (workbook(), "a.xlsx")),
        (screened, (workbook()[:-90], "a.xlsx")),
        (rows, (workbook(),)),
        (rows, (workbook().replace(b"workbook.xml", b"workbook.xmk"),)),
    ],
    ids=[
        *("picture", "cut picture", "pdf", "cut pdf", "docx", "odt"),
        *("workbook", "cut workbook", "rows", "no rows"),
    ],
)
def test_a_copied_reader_answers_as_a_started_one(ask, arguments):
    with readers.copied():
        copied = ask(*arguments)
    with readers.started_anew():
        assert ask(*arguments) == copied


def test_a_copied_reader_ends_where_its_memory_ends(monkeypatch):
    monkeypatch.setattr(reading, "LEAST_MEMORY", 1)
    monkeypatch.setattr(reading, "MEMORY_PER_BYTE", 0)
    with readers.copied(), pytest.raises(Refused, match="quá nhiều ô"):
        list(read(workbook()))
