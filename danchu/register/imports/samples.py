"""Sample tables to fill in: Vietnamese headings, one example, and an explanation of each column."""

import io

from django.utils.translation import gettext as _

from danchu.kernel.csv_cells import csv_lines
from danchu.kernel.words import local_name
from danchu.register.imports.columns import COLUMNS, in_vietnamese
from danchu.register.kinds import KINDS
from danchu.register.models import NUMBERS
from danchu.register.words import FORM_WORDS, NUMBER_WORDS


def columns_of(kind=None):
    """The columns of a table of events of one kind, of all kinds without one."""
    if kind is None:
        return list(COLUMNS.values())
    unused = {name for name in NUMBERS if name not in kind.numbers}
    if not kind.forms:
        unused.add("form")
    return [column for column in COLUMNS.values() if column.key not in unused]


def sample_csv(example=None, kind=None):
    """The bytes of a CSV with the headings and one example row; `example` is {column: text} in
    place of what the columns have, `kind` as for `columns_of`.
    """
    rows = [_heads(columns_of(kind)), _example_row(columns_of(kind), example)]
    return "\ufeff".encode() + "".join(csv_lines(rows)).encode()


def sample_xlsx(example=None, kinds=(), kind=None):
    """The bytes of an XLSX with three sheets: the table with all cells as text, the columns
    explained, the kinds that may be written (all by default) with their forms. `example` and `kind`
    as for `sample_csv`.
    """
    import xlsxwriter  # noqa: PLC0415  late: slow

    columns = columns_of(kind)
    kinds = [kind] if kind else kinds or KINDS.values()
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        sheet = book.add_worksheet(_("Việc"))
        sheet.set_column(0, len(columns), 18, text)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, _heads(columns), bold)
        for place, cell in enumerate(_example_row(columns, example)):
            sheet.write_string(1, place, cell, text)
        _explain(
            book,
            bold,
            _("Các cột"),
            [_("Cột"), _("Bắt buộc"), _("Cách ghi")],
            [[in_vietnamese(c.vi), _("có") if c.needed else "", _(c.help)] for c in columns],
        )
        _explain(
            book,
            bold,
            _("Các loại việc"),
            [_("Tên"), _("Hình thức"), _("Các cột số")],
            [
                [
                    in_vietnamese(one.vi),
                    "; ".join(in_vietnamese(FORM_WORDS[form]) for form in one.forms),
                    "; ".join(in_vietnamese(NUMBER_WORDS[name]) for name in one.numbers),
                ]
                for one in kinds
            ],
        )
    return file.getvalue()


def _heads(columns):
    return [in_vietnamese(column.vi) for column in columns]


def _example_row(columns, example):
    return [(example or {}).get(column.key, column.example) for column in columns]


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
