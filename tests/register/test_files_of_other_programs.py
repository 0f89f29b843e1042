"""Files as Excel and LibreOffice write them by default: read, or refused with the way out."""

import io

import pytest

from danchu.kernel.refusals import Refused
from danchu.register.imports.reading import read_rows
from tests.papers import samples


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;;"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_that_tells_excel_the_separator_is_no_row(first, encoding, end):
    """And the lines keep the numbers that they have in the file."""
    text = end.join((first, "a;b", "1;2,3,4", "", "5;6", ""))
    rows = list(read_rows(io.BytesIO(text.encode(encoding)), "a.csv"))
    assert rows == [(2, ["a", "b"]), (3, ["1", "2,3,4"]), (5, ["5", "6"])]


@pytest.mark.parametrize("first", ["sep;b", "sep=", "sep=;b", "a;sep=;"])
def test_a_heading_that_only_looks_like_that_line_is_a_heading(first):
    [(number, _cells), *_rest] = read_rows(io.BytesIO(f"{first}\n1;2".encode()), "a.csv")
    assert number == 1


@pytest.mark.parametrize(
    "content", [samples.ods(), samples.ods(**{"Basic/x.xml": "<a/>"}), samples.ods()[:900]]
)
@pytest.mark.parametrize("name", ["việc.ods", "việc.xlsx", "việc.csv"])
def test_a_spreadsheet_of_libreoffice_is_called_so_with_the_way_out(content, name):
    with pytest.raises(Refused) as refusal:
        list(read_rows(io.BytesIO(content), name))
    message = str(refusal.value.message)
    assert "ODS" in message and ".xlsx" in message and "Lưu thành" in message
    assert "hỏng" not in message and refusal.value.field == "file"
