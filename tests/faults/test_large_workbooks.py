"""A workbook as long as a city's year is read; what decides is what is really unpacked, never what
the archive declares.
"""

import io
import random
import struct
import zipfile

import pytest

from danchu.kernel.refusals import Refused
from danchu.papers import screening
from danchu.papers.cleaning import archive
from danchu.papers.cleaning.cleaned import cleaned
from danchu.papers.cleaning.reasons import Reason, Unfit
from danchu.papers.screening import screen_file
from danchu.register.imports.reading import read_rows
from tests.papers import samples
from tests.sizes import turn

ROWS, COLUMNS, TEXTS = 120_000, 12, 2_000
LETTERS = "ABCDEFGHIJKL"
MIB = 1024 * 1024
PLACE = "Tổ dân phố số 12, phường Ba Đình, thành phố Hà Nội, số "
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)


def export_of_a_city():
    """The bytes of a workbook of ROWS rows of COLUMNS texts, as programs write it: the texts in one
    part, the cells in another. Texts come again only where a packer has forgotten them.
    """
    numbers = random.Random(7)
    texts = "".join(
        f"<si><t>{PLACE}{numbers.getrandbits(80):020x}</t></si>" for _text in range(TEXTS)
    )
    cells = "".join(f'<c r="{letter}%d" t="s"><v>%d</v></c>' for letter in LETTERS)
    before, behind = SHEET.split("{}")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack:
        for name, part in samples.xlsx_parts().items():
            if name != "xl/worksheets/sheet1.xml":
                pack.writestr(name, part)
        with pack.open("xl/sharedStrings.xml", "w") as strings:
            strings.write(f'<sst xmlns="{samples.CELLS}">'.encode())
            for _time in range(ROWS * COLUMNS // TEXTS):
                strings.write(texts.encode())
            strings.write(b"</sst>")
        with pack.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f"{before}<sheetData>".encode())
            for row in range(1, ROWS + 1):
                first = (row - 1) * COLUMNS
                values = [value for at in range(COLUMNS) for value in (row, first + at)]
                sheet.write(f'<row r="{row}">{cells % tuple(values)}</row>'.encode())
            sheet.write(f"</sheetData>{behind}".encode())
    return file.getvalue()


@turn(4, together=3)
def test_the_export_of_a_city_is_read_to_its_last_row():
    content = export_of_a_city()
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        unpacked = sum(entry.file_size for entry in pack.infolist())
    assert len(content) > 24_000_000 and unpacked > 160 * MIB
    number = 0
    for number, cells in read_rows(io.BytesIO(content), "so-lieu.xlsx"):  # noqa: B007  the last
        assert len(cells) == COLUMNS
    assert number == ROWS
    assert cells[-1].startswith(PLACE) and len(cells[-1]) == len(PLACE) + 20


@pytest.fixture
def small_limits(monkeypatch):
    """Limits at a thousandth, so that a small file is as a large one."""
    monkeypatch.setattr(archive, "MOST_UNPACKED", 160 * 1024)
    monkeypatch.setattr(archive, "FREE", 16 * 1024)


def noise(length):
    return random.Random(5).randbytes(length // 2).hex()


def refusal(content, kind, is_anonymous=False):
    with pytest.raises(Unfit) as error:
        cleaned(kind)(content, is_anonymous)
    return error.value.reason


def sheet_of(text):
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
    return SHEET.format(f"<sheetData>{row}</sheetData>")


def test_cells_may_unpack_to_more_than_what_is_in_memory(small_limits):
    assert cleaned("open_xml")(xlsx_of_cells(noise(500_000)), False) == b""
    assert cleaned("open_xml")(xlsx_of_cells(noise(500_000)), True)
    long_text = samples.ods(f"<text:p>{noise(500_000)}</text:p>")
    assert cleaned("open_document")(long_text, False) == b""


def xlsx_of_cells(text):
    return samples.xlsx(**{"xl/worksheets/sheet1.xml": sheet_of(text)})


@pytest.mark.parametrize("is_anonymous", [False, True])
def test_cells_that_their_packed_bytes_do_not_account_for_are_a_bomb(small_limits, is_anonymous):
    assert refusal(xlsx_of_cells(" " * 500_000), "open_xml", is_anonymous) == Reason.LARGE
    bomb = samples.ods(f"<text:p>{' ' * 500_000}</text:p>")
    assert refusal(bomb, "open_document", is_anonymous) == Reason.LARGE


def test_what_is_parsed_stays_within_memory(small_limits):
    assert refusal(samples.docx(noise(500_000)), "open_xml") == Reason.LARGE


@pytest.mark.parametrize("kind", ["odt", "ods"])
def test_an_open_document_longer_than_memory_is_cleaned_to_its_end(small_limits, kind):
    make, _line = LINES[kind]
    text = noise(500_000)
    content = make(f"<text:p>{text}</text:p>")
    clean = cleaned("open_document")(content, True)
    with zipfile.ZipFile(io.BytesIO(clean)) as pack:
        written = pack.read("content.xml").decode()
    assert text in written and samples.MARK not in written
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert samples.MARK in pack.read("content.xml").decode()


LINES = {
    "docx": (samples.docx, "<w:p><w:r><w:t>Dòng {}</w:t></w:r></w:p>"),
    "odt": (samples.odt, "<text:p>Dòng {}</text:p>"),
    "ods": (samples.ods, "<text:p>Dòng {}</text:p>"),
}


def cleaned_within(monkeypatch, kind, mebibytes):
    """Whether a document of 60,000 lines is cleaned with so much memory; else it must be called
    large.
    """
    make, line = LINES[kind]
    content = make("".join(line.format(number) for number in range(60_000)))
    monkeypatch.setattr(screening, "MOST_BYTES", mebibytes * MIB)
    try:
        _media, clean = screen_file(io.BytesIO(content), f"a.{kind}", is_anonymous=True)
    except Refused as refusal:
        assert "mở ra quá lớn" in refusal.message, (mebibytes, refusal.message)
        return False
    return clean is not None


def test_where_memory_ends_a_document_is_large_and_not_broken(monkeypatch):
    """Its markup is parsed to take its authors out; the process has what the budget allows."""
    outcomes = [cleaned_within(monkeypatch, "docx", most) for most in (6, 18, 40, 160)]
    assert outcomes == sorted(outcomes) and not outcomes[0] and outcomes[-1]


@pytest.mark.parametrize("kind", ["odt", "ods"])
def test_an_open_document_is_cleaned_with_little_memory_however_long(monkeypatch, kind):
    """It is written again while it is read: a DOCX of as many lines needs ten times as much."""
    assert cleaned_within(monkeypatch, kind, 12)


def test_a_text_longer_than_the_parser_reads_is_large_and_not_broken():
    content = samples.docx(LINES["docx"][1].format(noise(11 * MIB)))
    assert refusal(content, "open_xml", is_anonymous=True) == Reason.LARGE


def test_parts_that_claim_more_packed_bytes_than_the_file_has_are_refused():
    content = bytearray(samples.xlsx())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 20 : entry + 24] = struct.pack("<I", len(content) + 1)
    assert refusal(bytes(content), "open_xml") == Reason.BROKEN


def test_a_declared_size_does_not_decide():
    content = bytearray(xlsx_of_cells(noise(1000)))
    entry = content.index(b"xl/worksheets/sheet1.xml", content.index(b"PK\x01\x02")) - 46
    content[entry + 24 : entry + 28] = struct.pack("<I", 900 * MIB)
    media, _content = screen_file(io.BytesIO(bytes(content)), "a.xlsx")
    assert media.endings == ("xlsx",)
    content[entry + 24 : entry + 28] = struct.pack("<I", 20)
    with pytest.raises(Refused):
        screen_file(io.BytesIO(bytes(content)), "a.xlsx")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_a_call_is_seen_wherever_the_pieces_are_cut(monkeypatch, size):
    monkeypatch.setattr(archive, "CHUNK", size)
    assert refusal(samples.xlsx('WEBSERVICE("x")'), "open_xml") == Reason.ACTIVE
    assert cleaned("open_xml")(samples.xlsx("SUM(A1:A9)"), False) == b""
    printed = '<pageSetup paperSize="9" orientation="portrait" r:id="rId1"/>'
    sheet = sheet_of("x").replace("</worksheet>", f"{printed}</worksheet>")
    sheet = sheet.replace("<worksheet ", '<worksheet xmlns:r="http://example.org/r" ')
    clean = cleaned("open_xml")(samples.xlsx(**{"xl/worksheets/sheet1.xml": sheet}), True)
    with zipfile.ZipFile(io.BytesIO(clean)) as pack:
        cells = pack.read("xl/worksheets/sheet1.xml").decode()
    assert cells == sheet.replace(' r:id="rId1"', "")


@pytest.mark.parametrize("empty", ["<f/>", '<f t="shared" si="0"/>', "<f></f>"])
def test_a_call_behind_an_empty_formula_is_seen(empty):
    cells = f'<c r="A1">{empty}<f>WEBSERVICE("x")</f></c>'
    sheet = SHEET.format(f'<sheetData><row r="1">{cells}</row></sheetData>')
    content = samples.xlsx(**{"xl/worksheets/sheet1.xml": sheet})
    assert refusal(content, "open_xml") == Reason.ACTIVE
