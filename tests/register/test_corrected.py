"""A table written anew: what was corrected is corrected, what was left out has gone, and every
other cell has its value, its type and its row. No database is asked.
"""

import csv
import io
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from danchu.kernel.csv_cells import safe_cell, unguarded
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.register.imports.corrected import cells_at, write_rows
from danchu.register.imports.reading import read_rows
from danchu.register.imports.sheet_process import FormulaError
from danchu.register.imports.typed_cells import MOST_DIGITS, text_of_cell

MORNING = datetime(2026, 3, 3, 7, 30)  # noqa: DTZ001  a workbook knows no zones
HEAD = ["reference", "title", "unit_code"]
# Letters, and all that a CSV must quote: separators, quotes, ends of lines.
CELL = st.text("aĐễ=09,;\t\"' \n", min_size=1, max_size=8).map(str.strip).filter(bool)
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6)


def is_line(text):
    """A corrected cell is typed in a field of one line."""
    return "\n" not in text


def table(*rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEAD, *rows])
    return io.BytesIO(text.getvalue().encode())


def workbook(*rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet()
        for number, row in enumerate([HEAD, *rows]):
            for column, cell in enumerate(row):
                if isinstance(cell, FormulaError):
                    sheet.write_formula(number, column, "=1/0", None, cell.name)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    sheet.write(number, column, cell)
    file.seek(0)
    return file


def written(file, name="a.csv", **changes):
    """(the rows under the heading as they are read back, the number that was returned)"""
    output = io.BytesIO()
    count = write_rows(file, name, output, **changes)
    return list(read_rows(output, name))[1:], count


def as_read(rows):
    """The rows without the apostrophes that every reader of a table takes off again."""
    return [(number, [unguarded(cell) for cell in cells]) for number, cells in rows]


@pytest.mark.case("SE-L11", "FA17")
@pytest.mark.parametrize("text", ["=1+1", "+84 912", "@x", "a;=HYPERLINK(A1)", "  ＝1"])
@pytest.mark.parametrize("is_corrected", [True, False])
def test_a_table_that_somebody_takes_away_holds_no_formula(text, is_corrected):
    file = table(["A-1", "Họp" if is_corrected else text, "00004"])
    output = io.BytesIO()
    write_rows(file, "a.csv", output, texts={(2, 1): text} if is_corrected else {})
    [_head, row] = csv.reader(io.StringIO(output.getvalue().decode("utf-8-sig")))
    assert row == ["A-1", safe_cell(text), "00004"] and row[1] != text
    assert text_of_cell(row[1]) == clean(text)


@given(ROWS, st.data())
def test_a_table_keeps_all_but_what_was_corrected_or_left_out(rows, data):
    numbers = [number for number, _cells in list(read_rows(table(*rows), "a.csv"))[1:]]
    without = data.draw(st.sets(st.sampled_from(numbers)))
    place = st.tuples(st.sampled_from(numbers), st.integers(0, 2))
    texts = data.draw(st.dictionaries(place, CELL.filter(is_line), max_size=3))
    rows_expected = [
        (number, [texts.get((number, column), cell) for column, cell in enumerate(cells)])
        for number, cells in list(read_rows(table(*rows), "a.csv"))[1:]
        if number not in without
    ]
    rows_written, count = written(table(*rows), texts=texts, without=without)
    assert as_read(rows_written) == as_read(rows_expected) and count == len(rows_expected)
    left_out, _count = written(table(*rows), only=without)
    assert [number for number, _cells in left_out] == sorted(without)


def test_cells_of_a_workbook_keep_their_types_and_their_rows():
    rows = [
        ["A-1", "Họp dân", "00004"],
        [None, None, None],
        ["A-2", date(2026, 3, 3), 82],
        ["A-3", FormulaError("#DIV/0!"), 1.5],
        ["A-4", MORNING, True],
        ["A-5", time(7, 30), "x" * 40],
    ]
    before = list(read_rows(workbook(*rows), "a.xlsx"))[1:]
    assert [number for number, _cells in before] == [2, 4, 5, 6, 7]
    assert written(workbook(*rows), "a.xlsx")[0] == before
    corrected, count = written(workbook(*rows), "a.xlsx", texts={(4, 2): "00082"}, without={5, 7})
    assert corrected == [before[0], (4, [*before[1][1][:2], "00082"]), before[3]]
    assert count == 3


def test_what_looks_like_a_formula_stays_the_text_that_was_typed():
    rows, _count = written(workbook(["A-1", "x", "y"]), "a.xlsx", texts={(2, 1): "=1+1"})
    assert rows == [(2, ["A-1", "=1+1", "y"])]


def test_a_cell_behind_the_end_of_its_row_is_empty_and_can_be_filled():
    file = table(["A-1"])
    assert cells_at(file, "a.csv", [(2, 2)]) == {(2, 2): ""}
    assert written(file, texts={(2, 2): "00004"})[0] == [(2, ["A-1", "", "00004"])]


def test_cells_are_shown_as_people_write_them():
    file = workbook(["A-1", date(2026, 3, 3), 82], ["A-2", MORNING, 1.5])
    assert cells_at(file, "a.xlsx", [(2, 1), (2, 2), (3, 1), (3, 2)]) == {
        (2, 1): "03/03/2026",
        (2, 2): "82",
        (3, 1): "03/03/2026 07:30",
        (3, 2): "1.5",
    }


def test_a_letter_that_cannot_be_stored_must_be_corrected_or_left_out():
    file = table(["A-1", "Họp\x01 dân", "00004"], ["A-2", "Họp", "00004"])
    with pytest.raises(Refused, match=r"Dòng 2: .*U\+0001"):
        written(file)
    assert written(file, without={2})[1] == 1
    assert written(file, texts={(2, 1): "Họp dân"})[1] == 2
    assert MOST_DIGITS == 15  # whole numbers up to here are the same in a workbook
