"""Files that are read: a letter that nobody sees is named with its place, and the other bad cells
with it; a workbook that is cut or closed is answered in words about spreadsheets.
"""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.casework.input.signers import listed_signers
from danchu.kernel.refusals import Refused
from danchu.kernel.text import normal, unstorable_letter
from danchu.register.imports import check_events
from tests.register.test_fuzzed_files import SIGNERS, csv_of, xlsx_of
from tests.register.test_imports import BY, HEAD, bad, country, line, looked, table, units  # noqa: F401
from tests.sizes import long, size

# Letters that no page shows and no XML holds; not those that are breaks of lines everywhere.
CONTROLS = [chr(code) for code in range(0x20) if chr(code) not in "\t\n\r\x0b\x0c\x1c\x1d\x1e"]
OF_PAPER = ("PDF", "PNG", "JPEG", "quét", "ảnh")


@pytest.mark.parametrize("letter", [*CONTROLS, "\x7f", "\x85\x80", "\ufffe"])
def test_a_letter_that_nobody_sees_is_named_with_its_line_and_column(country, letter):  # noqa: F811
    outlook = looked(line(1), line(2, title=f"Giám{letter} sát"), line(3, held_on="31/02/2026"))
    assert bad(outlook) == {(3, "title"), (4, "held_on")}
    (problem,) = (p for p in outlook.problems if p.column == "title")
    name = f"U+{ord(letter[-1]):04X}"
    assert name in problem.message and f"thứ {4 + len(letter)}." in problem.message


@pytest.mark.parametrize("column", ["reference", "kind", "held_on", "unit_code", "participants"])
def test_the_letter_is_named_in_every_column_and_reported_once(country, column):  # noqa: F811
    cells = {"kind": "supervision_217", "held_on": "03/03/2026", "unit_code": "00070"}
    outlook = looked(line(1, **{column: f"{cells.get(column, '4')}\x01"}), line(2, note="\x00"))
    assert bad(outlook) == {(2, column), (3, "note")}
    assert outlook.problem_count == 2 and outlook.rows == 2


def test_a_letter_far_down_in_a_large_file_is_named_too(country):  # noqa: F811
    lines = [line(number, note="x" * 400) for number in range(1, 400)]
    lines[350] = line(351, title="Giám \x1bsát")
    assert bad(looked(*lines)) == {(352, "title")}


def test_a_letter_in_the_heading_is_named_with_its_line_and_column(country):  # noqa: F811
    with pytest.raises(Refused, match=r"dòng 1, cột thứ 3: .*U\+0007") as refusal:
        check_events(table(line(1), head=HEAD.replace("form", "fo\x07rm")), "so.csv", by=BY)
    assert refusal.value.field == "file"


@long
@settings(
    max_examples=size(20, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    at=st.integers(0, 8),
    letter=st.sampled_from([*CONTROLS, "\x7f", "\x9f"]),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
)
def test_wherever_the_letter_stands_its_place_is_told(country, at, letter, encoding):  # noqa: F811
    title = f"{'Giám sát'[:at]}{letter}{'Giám sát'[at:]}"
    (problem,) = looked(line(1, title=title), encoding=encoding).problems
    assert (problem.row, problem.column) == (2, "title")
    assert f"U+{ord(letter):04X}" in problem.message and f"thứ {at + 1}." in problem.message


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=12))
def test_a_letter_is_named_exactly_where_the_gate_would_leave_one_out(text):
    places = [place for place, letter in enumerate(text, 1) if not normal(f"|{letter}")[1:]]
    letter = unstorable_letter(text)
    assert letter == ((places[0], f"U+{ord(text[places[0] - 1]):04X}") if places else None)


@pytest.mark.parametrize(
    "content",
    [b"\x00\x01\x02\x03" * 40, b"\x89PNG\r\n\x1a\n", b"\x7fELF", b"GIF89a", b"%PDF-1.4\n"],
)
def test_a_file_that_is_no_text_is_still_no_table(country, content):  # noqa: F811
    with pytest.raises(Refused, match="không phải là CSV hay XLSX"):
        check_events(io.BytesIO(content), "so.csv", by=BY)


def test_a_list_of_signers_names_the_letter_with_its_line():
    rows = [SIGNERS[0], ["1", "Nguyễn Thị\x02 Mận", "Số 1", "", ""]]
    with pytest.raises(Refused, match=r"Dòng 2 .*U\+0002"):
        listed_signers(io.BytesIO(csv_of(rows)), "a.csv")


WHOLE = xlsx_of([HEAD.split(","), ["N-1", "supervision_217", "", "03/03/2026", "00070"]])


@pytest.mark.parametrize("share", [5, 30, 60, 90, 99])
def test_a_cut_workbook_is_answered_in_words_about_spreadsheets(country, share):  # noqa: F811
    content = WHOLE[: len(WHOLE) * share // 100]
    for read in (
        lambda: check_events(io.BytesIO(content), "so.xlsx", by=BY),
        lambda: listed_signers(io.BytesIO(content), "so.xlsx"),
    ):
        with pytest.raises(Refused, match="cắt giữa chừng") as refusal:
            read()
        assert "bảng tính" in refusal.value.message.lower()
        assert not any(word in refusal.value.message for word in OF_PAPER), refusal.value.message


def packed(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as pack, zipfile.ZipFile(io.BytesIO(WHOLE)) as whole:
        for name in whole.namelist():
            pack.writestr(name, parts.pop(name, None) or whole.read(name))
        for name, content in parts.items():
            pack.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        packed(**{"xl/vbaProject.bin": b"x"}),
        packed(**{"xl/embeddings/oleObject1.bin": b"x"}),
        packed(**{"xl/workbook.xml": b"<broken"}),
        packed(**{"word/document.xml": b"<x/>"}),
    ],
)
def test_no_refused_workbook_is_advised_about_paper(country, content):  # noqa: F811
    try:
        check_events(io.BytesIO(content), "so.xlsx", by=BY)
    except Refused as refusal:
        assert not any(word in refusal.message for word in OF_PAPER), refusal.message
