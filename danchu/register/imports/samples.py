"""Sample tables to fill in: the headings, one example, and an explanation of each column."""

import io

from django.utils.translation import gettext as _

from danchu.kernel.csv_cells import csv_lines
from danchu.kernel.words import local_name
from danchu.register.imports.columns import COLUMNS
from danchu.register.kinds import KINDS
from danchu.register.words import FORM_WORDS


def sample_csv(example=None):
    """The bytes of a CSV with the headings and one example row; `example` is {column: text} in
    place of what the columns have.
    """
    rows = [list(COLUMNS), _example_row(example)]
    return "\ufeff".encode() + "".join(csv_lines(rows)).encode()


def sample_xlsx(example=None, kinds=()):
    """The bytes of an XLSX with three sheets: the table with all cells as text, the columns
    explained, the kinds that may be written (all by default) with their forms. `example` as for
    `sample_csv`.
    """
    import xlsxwriter  # noqa: PLC0415  late: slow

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        sheet = book.add_worksheet(_("Việc"))
        sheet.set_column(0, len(COLUMNS), 18, text)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, list(COLUMNS), bold)
        for place, cell in enumerate(_example_row(example)):
            sheet.write_string(1, place, cell, text)
        _explain(
            book,
            bold,
            _("Các cột"),
            [_("Cột"), _("Tên"), _("Bắt buộc"), _("Cách ghi")],
            [[c.key, _(c.vi), _("có") if c.needed else "", _(c.help)] for c in COLUMNS.values()],
        )
        _explain(
            book,
            bold,
            _("Các loại việc"),
            [_("Mã"), _("Tên"), _("Hình thức"), _("Các cột số")],
            kind_lines(kinds or KINDS.values()),
        )
    return file.getvalue()


def _example_row(example):
    return [(example or {}).get(column.key, column.example) for column in COLUMNS.values()]


def _explain(book, bold, name, head, lines):
    sheet = book.add_worksheet(name)
    sheet.set_column(0, len(head), 34)
    sheet.write_row(0, 0, head, bold)
    for number, line in enumerate(lines, 1):
        sheet.write_row(number, 0, line)


def kind_lines(kinds):
    """[key, name, forms, number columns] of each kind."""
    return [
        [
            k.key,
            local_name(k),
            "; ".join(f"{form} ({FORM_WORDS[form]})" for form in k.forms),
            ", ".join(k.numbers),
        ]
        for k in kinds
    ]
