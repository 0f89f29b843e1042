"""Tables to download as CSV and XLSX, safe from formula injection."""

import tempfile
from datetime import date, datetime
from itertools import chain, islice

from django.utils.translation import gettext as _

from danchu.kernel.csv_cells import csv_lines
from danchu.kernel.days import show_day, show_instant
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.text import normal
from danchu.papers.answers import made_answer

# The rows of a sheet below its heading.
MOST_LINES = 1_048_575
LINES_AT_ONCE = 500
CSV = "text/csv; charset=utf-8"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def written(rows):
    """The rows with days, instants and booleans formatted as text."""
    for cells in rows:
        yield [_cell_text(cell) for cell in cells]


def _cell_text(cell):
    if isinstance(cell, bool):
        return _("có") if cell else _("không")
    if isinstance(cell, datetime):
        return show_instant(cell)
    return show_day(cell) if isinstance(cell, date) else cell


def csv_answer(name, head, rows, *, private=True):
    """`name`.csv as a streamed response, in constant memory: UTF-8 with a byte order mark, for
    spreadsheets. `private`: no cache stores it.
    """
    return made_answer(_lines(head, rows), f"{name}.csv", CSV, private=private)


def with_missing(rows, total):
    """The rows, and where they are fewer than `total` a last one that says how many are missing."""
    missing = total
    for row in rows:
        missing -= 1
        yield row
    if missing > 0:
        yield [_("Tệp này thiếu %s dòng.") % show_number(missing)]


def _lines(head, rows):
    """The text of a CSV in pieces of LINES_AT_ONCE lines: a server takes each piece by itself, and
    tens of thousands of single lines cost it a minute.
    """
    lines = csv_lines(chain([head], rows))
    yield "\ufeff"
    while piece := "".join(islice(lines, LINES_AT_ONCE)):
        yield piece


def write_csv(file, head, rows):
    """Write a CSV to an open binary file."""
    for line in _lines(head, rows):
        file.write(line.encode())


def xlsx_answer(name, head, rows, *, private=True):
    """`name`.xlsx, written row by row to a temporary file, in constant memory. Text is never turned
    into formulas, links or numbers. Refused above MOST_LINES rows.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    write_xlsx(file, head, rows)
    file.seek(0)
    return made_answer(file, f"{name}.xlsx", SHEET, private=private)


def too_long():
    """The Refused for a list that is too long for a workbook."""
    return Refused(_("Một trang tính không chứa hết danh sách này. Hãy lọc bớt hoặc tải tệp CSV."))


def write_xlsx(file, head, rows):
    """Write a workbook of one sheet to an open binary file; Refused above MOST_LINES rows."""
    import xlsxwriter  # noqa: PLC0415  late: slow

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, head, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            if number > MOST_LINES:
                raise too_long()
            sheet.write_row(number, 0, [_sheet_cell(cell) for cell in row])


def _sheet_cell(cell):
    """The value for a cell of a workbook, which is XML and cannot hold every character."""
    if cell is None:
        return ""
    return normal(cell) if isinstance(cell, str) else cell
