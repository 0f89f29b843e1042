"""A report as a Word file.

Imported only when a file is written: the library takes long to import.
"""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

from danchu.kernel.days import show_day
from danchu.kernel.text import normal
from danchu.papers.official_word import blank_word, word_bytes, word_columns
from danchu.reports.document import Number
from danchu.reports.files import HEADS


def word_file(document):
    """A4, margins 20/20/30/15 mm, Times New Roman 14 (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    word = blank_word()
    _word_head(word, document)
    for block in document.blocks:
        words = normal("".join(s.text if isinstance(s, Number) else s for s in block.spans))
        if block.kind == "heading":
            word.add_paragraph().add_run(words).bold = True
        elif block.kind == "paragraph":
            paragraph = word.add_paragraph(words)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Cm(1.27)
        elif block.kind == "table":
            _word_table(word, block)
    return word_bytes(word)


def _word_head(word, document):
    motto, title_word, map_words = HEADS[document.language]
    word_columns(word, (normal(document.unit_name).upper(), motto), is_bold=True)
    title = word.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(f"{title_word}\n{normal(document.title)}").bold = True
    note = word.add_paragraph(f"({map_words} {show_day(document.map_day)})")
    note.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _word_table(word, block):
    word.add_page_break()
    word.add_paragraph().add_run(normal(block.title)).bold = True
    table = word.add_table(
        rows=0, cols=max(len(row) for row in block.rows) if block.rows else 2, style="Table Grid"
    )
    for names in [("", *block.head), *[(row[0], *(c.text for c in row[1:])) for row in block.rows]]:
        cells = table.add_row().cells
        for cell, text in zip(cells, names, strict=False):
            cell.text = normal(text)
