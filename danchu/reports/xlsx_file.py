"""A report as a workbook: one sheet for each of its tables, one with its text.

Imported only when a file is written: the library takes long to import.
"""

import io
import re
from fractions import Fraction

import xlsxwriter

from danchu.reports.blocks import Block, Document, Number

TEXT_SHEET = {"vi": "Nội dung", "en": "Text"}
LONGEST_NAME = 31
WIDTH = 18
FIRST_WIDTH = 60
WHOLE, DECIMAL, PERCENT = "#,##0", "#,##0.0", '0.0" %"'
CHANGED_WHOLE, CHANGED = "+#,##0;−#,##0;0", "+#,##0.0;−#,##0.0;0"
FORMATS = (WHOLE, DECIMAL, PERCENT, CHANGED_WHOLE, CHANGED)
CHANGE = re.compile(r"[+−]?[0-9.,]+")


def xlsx_file(document: Document) -> bytes:
    """The bytes of the workbook. A figure is a number, and so is the change of one; what is unknown
    or not stated is text. The signs of thousands and decimals are those of who opens it.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": document.title[:250]})
        bold = book.add_format({"bold": True, "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(TEXT_SHEET[document.language])
        sheet.set_column(0, 0, 110, wrapped)
        sheet.write_string(0, 0, document.title, bold)
        texts = [block for block in document.blocks if block.kind in ("heading", "paragraph")]
        for place, block in enumerate(texts, 1):
            words = "".join(s.text if isinstance(s, Number) else s for s in block.spans)
            sheet.write_string(place, 0, words, bold if block.kind == "heading" else wrapped)
        tables = [block for block in document.blocks if block.kind == "table"]
        for place, block in enumerate(tables, 1):
            _table(book, book.add_worksheet(_sheet_name(place, block.title)), block, bold)
    return file.getvalue()


def _sheet_name(place: int, title: str) -> str:
    """A name that a workbook takes: short, without its signs, different from the others."""
    name = re.sub(r"[\[\]:*?/\\']", " ", title)
    return f"{place}. {name}"[:LONGEST_NAME].strip()


def _table(book, sheet, block: Block, bold) -> None:
    formats = {words: book.add_format({"num_format": words}) for words in FORMATS}
    words_of_none = book.add_format({"align": "right"})
    sheet.set_column(0, 0, FIRST_WIDTH)
    sheet.set_column(1, max(len(block.head), 1), WIDTH)
    sheet.freeze_panes(1, 1)
    for column, name in enumerate((block.stub, *block.head)):
        sheet.write_string(0, column, name, bold)
    for line, (label, *cells) in enumerate(block.rows, 1):
        sheet.write_string(line, 0, label)
        for column, cell in enumerate(cells, 1):
            value = _value(cell)
            if value is None:
                sheet.write_string(line, column, cell.text, words_of_none)
            else:
                sheet.write_number(line, column, value, formats[_format(cell, value)])


def _value(number: Number) -> int | float | None:
    """The exact value of the one figure that is shown, or its change between two; None where the
    text is something else.
    """
    figures = number.figures
    if not figures or any(one.is_hidden or one.value is None for one in figures):
        return None
    if len(figures) == 2 and not CHANGE.fullmatch(number.text):
        return None  # a note stands beside it, or it is before the first record
    value = Fraction(figures[0].value)
    if len(figures) == 2:
        value -= Fraction(figures[1].value)
    return int(value) if value.denominator == 1 else float(value)


def _format(number: Number, value: int | float) -> str:
    """How the workbook writes the value: as the text does."""
    if len(number.figures) == 2:
        return CHANGED_WHOLE if isinstance(value, int) else CHANGED
    if number.text.endswith("%"):
        return PERCENT
    return WHOLE if isinstance(value, int) else DECIMAL
