"""Renders an official document as DOCX: A4 with the margins and typeface of Decree 30/2020/NĐ-CP.

Imported only when a file is written: the library takes long to import.
"""

import io

from docx import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from danchu.papers.official import Table


def blank_word():
    """An empty Word file on A4 with the margins and the typeface of official documents."""
    word = WordFile()
    sheet = word.sections[0]
    sheet.page_width = Cm(21)
    sheet.page_height = Cm(29.7)
    sheet.top_margin = sheet.bottom_margin = Cm(2)
    sheet.left_margin = Cm(3)
    sheet.right_margin = Cm(1.5)
    word.styles["Normal"].font.name = "Times New Roman"
    word.styles["Normal"].font.size = Pt(14)
    return word


def word_columns(word, texts, is_bold=False):
    """Add a row of centred texts, as the letterhead and the signers need."""
    cells = word.add_table(rows=1, cols=len(texts)).rows[0].cells
    for cell, text in zip(cells, texts, strict=True):
        cell.text = text
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        for run in cell.paragraphs[0].runs:
            run.bold = is_bold or None


def word_bytes(word):
    """The Word file as bytes."""
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def paper_bytes(paper):
    """Render an Official as DOCX."""
    word = blank_word()
    word.core_properties.title = f"{paper.title} {paper.number}"[:250]
    word.core_properties.author = paper.issuer[:250]
    word_columns(
        word,
        (f"{paper.issuer.upper()}\n{paper.number_line}", f"{paper.head}\n{paper.place_and_day}"),
    )
    title = word.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(f"\n{paper.title.upper()}").bold = True
    for line in paper.lines:
        if isinstance(line, Table):
            _word_table(word, line)
        else:
            _word_line(word.add_paragraph(), line)
    # No signature stands alone on a page.
    word.paragraphs[-1].paragraph_format.keep_with_next = True
    word.paragraphs[-1].paragraph_format.keep_together = True
    if len(paper.signers) == 1:
        word.add_paragraph(paper.signers[0]).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        word.add_paragraph().paragraph_format.keep_with_next = True
        word_columns(word, paper.signers)
    return word_bytes(word)


def _word_table(word, table):
    """The table under its title; its heads are repeated on each page."""
    word.add_paragraph().add_run(table.title).bold = True
    rows = word.add_table(rows=0, cols=len(table.head), style="Table Grid")
    for texts in (table.head, *table.rows):
        cells = rows.add_row().cells
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            cell.text = text
            if table.is_number(place):
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    head = rows.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in head.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _word_line(paragraph, line):
    for text, kind in line.runs:
        run = paragraph.add_run(text)
        run.bold = True if kind == "strong" or line.is_heading else None
        run.italic = True if kind == "italic" else None
        run.underline = WD_UNDERLINE.SINGLE if kind == "marked" else None
    if not line.is_heading:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
