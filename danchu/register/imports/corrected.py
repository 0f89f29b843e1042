"""A table written anew with some cells corrected and some rows left out, so that the rest can be
imported. Every other cell keeps its value and its type, every row its number.
"""

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from danchu.kernel.csv_cells import safe_cell
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.register.imports.reading import read_rows
from danchu.register.imports.sheet_process import FormulaError
from danchu.register.imports.typed_cells import ControlLetter

Rows = Iterable[tuple[int, list[Any]]]
# Excel shows a day as a number without one of these.
_FORMATS = {
    datetime: "dd/mm/yyyy hh:mm",
    date: "dd/mm/yyyy",
    time: "hh:mm:ss",
    timedelta: "[h]:mm:ss",
}


def cells_at(
    file: BinaryIO, name: str, places: Collection[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """`{(row number, column index): text}` of these cells of a table, as a person reads them; ""
    for a cell behind the end of its row. Refused as in `read_rows`.
    """
    columns: dict[int, list[int]] = {}
    for row, column in places:
        columns.setdefault(row, []).append(column)
    texts: dict[tuple[int, int], str] = {}
    last = max(columns, default=0)
    for number, cells in read_rows(file, name):
        if number > last:  # nothing behind it is shown
            break
        for column in columns.get(number, ()):
            texts[number, column] = _text_of(cells[column]) if column < len(cells) else ""
    return texts


def numbers_in(file: BinaryIO, name: str, columns: Collection[int]) -> dict[tuple[int, int], str]:
    """`{(row number, column index): digits}` of the cells under the heading of these columns that
    are whole numbers, not text. Refused as in `read_rows`.
    """
    rows = islice(read_rows(file, name), 1, None)
    return {
        (number, column): _text_of(cells[column])
        for number, cells in rows
        for column in columns
        if column < len(cells) and _is_whole_number(cells[column])
    }


def _is_whole_number(cell: object) -> bool:
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return is_number and float(cell).is_integer()


def _text_of(cell: object) -> str:
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, date):
        return cell.strftime(_python_format(cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _python_format(day: date) -> str:
    return "%d/%m/%Y %H:%M" if isinstance(day, datetime) else "%d/%m/%Y"


def write_rows(
    file: BinaryIO,
    name: str,
    output: BinaryIO,
    *,
    texts: Mapping[tuple[int, int], str] = {},  # noqa: B006  never changed
    only: Collection[int] | None = None,
    without: Collection[int] = (),
) -> int:
    """Write the table to `output`, as CSV or XLSX like itself: with `texts` in the cells (row
    number, column index), the heading, and the rows whose numbers are among `only` (None: all) and
    not among `without`. Returns how many rows stand under the heading.

    Refused, on `file`, as in `read_rows`, and where a cell with a letter that cannot be stored
    would be written.
    """
    file.seek(0)
    is_workbook = file.read(4) == b"PK\x03\x04"
    rows = _chosen_rows(read_rows(file, name), texts, only, without)
    return _write_workbook(rows, output) if is_workbook else _write_csv(rows, output)


def _chosen_rows(
    rows: Rows,
    texts: Mapping[tuple[int, int], str],
    only: Collection[int] | None,
    without: Collection[int],
) -> Rows:
    corrected: dict[int, dict[int, str]] = {}
    for (row, column), text in texts.items():
        corrected.setdefault(row, {})[column] = text
    is_heading = True
    for number, cells in rows:
        is_left_out = number in without or not (only is None or number in only)
        if is_left_out and not is_heading:
            continue
        is_heading = False
        for column, text in corrected.get(number, {}).items():
            cells = [*cells, *[""] * (column + 1 - len(cells))]
            cells[column] = text
        for cell in cells:
            if isinstance(cell, ControlLetter):
                raise Refused(
                    _("Dòng %(row)s: %(message)s")
                    % {"row": show_number(number), "message": cell.message},
                    "file",
                )
        yield number, cells


def _write_csv(rows: Rows, output: BinaryIO) -> int:
    """Empty lines stand where rows were left out, so that the others keep their numbers. Whoever
    takes the file away finds no formula in it that somebody sent.
    """
    output.write("\ufeff".encode())
    line = 1
    count = -1
    for number, cells in rows:
        text = io.StringIO(newline="")
        csv.writer(text).writerow([safe_cell(cell) for cell in cells])
        written = "\r\n" * (number - line) + text.getvalue()
        output.write(written.encode())
        line = max(number, line) + len(text.getvalue().splitlines())
        count += 1
    return count


def _write_workbook(rows: Rows, output: BinaryIO) -> int:
    import xlsxwriter  # noqa: PLC0415  late: slow

    count = -1
    options = {"constant_memory": True, "in_memory": False}
    with xlsxwriter.Workbook(output, options) as book:
        sheet = book.add_worksheet()
        formats = {kind: book.add_format({"num_format": way}) for kind, way in _FORMATS.items()}
        for number, cells in rows:
            for column, cell in enumerate(cells):
                _write_cell(sheet, number - 1, column, cell, formats)
            count += 1
    return count


def _write_cell(sheet: Any, row: int, column: int, cell: Any, formats: Mapping[type, Any]) -> None:
    if isinstance(cell, FormulaError):
        sheet.write_formula(row, column, "=NA()", None, cell.name)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif type(cell) in formats:
        sheet.write_datetime(row, column, cell, formats[type(cell)])
    elif cell not in (None, ""):
        sheet.write_string(row, column, cell)
