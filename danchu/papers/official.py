"""An official paper as DOCX and as PDF, laid out as Decree 30/2020/NĐ-CP has it: A4, the state's
name, the motto, who signs.

What stands in it is for the rooms above: letters of petitions, minutes of meetings.
"""

import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from docx import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_UNDERLINE
from docx.shared import Cm, Pt
from fontTools.ttLib import TTFont
from fpdf import FPDF, XPos, YPos

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
FONTS = Path(__file__).with_name("fonts")
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
SIGNER = "THẨM QUYỀN KÝ\n(ký, ghi rõ họ tên, đóng dấu)"
FACE = "Be Vietnam Pro"
SPELT = {"≥": ">=", "≤": "<=", "→": "->"}  # signs of sums and ways that the face has no letter for
DOWN = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}


@dataclass(frozen=True)
class Line:
    """One paragraph: `runs` are (text, kind) in order, kind "", "strong", "italic" or "marked"
    (underlined); a heading stands alone.
    """

    runs: tuple
    is_heading: bool = False

    @classmethod
    def of(cls, text, kind=""):
        return cls(((text, kind),))

    @property
    def text(self):
        return "".join(text for text, _kind in self.runs)


@dataclass(frozen=True)
class Official:
    """One paper: `issuer` whose it is, `number` what stands after “Số:”, `lines` its
    paragraphs, `signers` from left to right.
    """

    title: str
    issuer: str
    place: str
    on: date
    number: str = "…………"
    lines: tuple = ()
    signers: tuple = (SIGNER,)

    @property
    def place_and_day(self):
        return f"{self.place}, ngày {self.on.day:02d} tháng {self.on.month:02d} năm {self.on.year}"


def official_file(paper, ending):
    """The bytes of the paper as "docx" or "pdf"."""
    return {"docx": _docx, "pdf": _pdf}[ending](paper)


def blank_word():
    """An empty Word file on A4 with the margins and the type of official papers."""
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
    """Texts side by side, each centred: the head of a paper, its signers."""
    cells = word.add_table(rows=1, cols=len(texts)).rows[0].cells
    for cell, text in zip(cells, texts, strict=True):
        cell.text = text
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        for run in cell.paragraphs[0].runs:
            run.bold = is_bold or None


def word_bytes(word):
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def _docx(paper):
    word = blank_word()
    word.core_properties.title = f"{paper.title} {paper.number}"[:250]
    word.core_properties.author = paper.issuer[:250]
    word_columns(
        word,
        (f"{paper.issuer.upper()}\nSố: {paper.number}", f"{STATE}\n{MOTTO}\n{paper.place_and_day}"),
    )
    title = word.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(f"\n{paper.title.upper()}").bold = True
    for line in paper.lines:
        _word_line(word.add_paragraph(), line)
    if len(paper.signers) == 1:
        word.add_paragraph(paper.signers[0]).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        word.add_paragraph()
        word_columns(word, paper.signers)
    return word_bytes(word)


def _word_line(paragraph, line):
    for text, kind in line.runs:
        run = paragraph.add_run(text)
        run.bold = True if kind == "strong" or line.is_heading else None
        run.italic = True if kind == "italic" else None
        run.underline = WD_UNDERLINE.SINGLE if kind == "marked" else None
    if not line.is_heading:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1.27)


def _pdf(paper):
    sheet = FPDF(format="A4")
    sheet.set_margins(30, 20, 15)
    sheet.set_title(f"{paper.title} {paper.number}")
    sheet.set_lang("vi")
    for weight, style in ((400, ""), (700, "B")):
        sheet.add_font(FACE, style, FONTS / f"be-vietnam-pro-{weight}.ttf")
    sheet.add_page()
    _pdf_head(sheet, paper)
    for line in paper.lines:
        _pdf_line(sheet, line)
        sheet.ln(2)
    _pdf_signers(sheet, paper.signers)
    return bytes(sheet.output())


def _pdf_head(sheet, paper):
    sheet.set_font(FACE, "B", 10)
    top = sheet.get_y()
    sheet.multi_cell(
        70, 5, _drawable(f"{paper.issuer.upper()}\nSố: {paper.number}"), align="C", **DOWN
    )
    left_end = sheet.get_y()
    sheet.set_xy(102, top)
    sheet.multi_cell(93, 5, f"{STATE}\n{MOTTO}", align="C", new_x=XPos.LEFT, new_y=YPos.NEXT)
    sheet.set_font(FACE, "", 10)
    sheet.multi_cell(93, 6, _drawable(paper.place_and_day), align="C", **DOWN)
    sheet.set_y(max(left_end, sheet.get_y()) + 10)
    sheet.set_font(FACE, "B", 14)
    sheet.multi_cell(0, 8, _drawable(paper.title.upper()), align="C", **DOWN)
    sheet.ln(3)


def _pdf_line(sheet, line):
    """One run is justified; several follow one another as they are styled."""
    styles = {"strong": "B", "marked": "U"}
    if len(line.runs) == 1:
        text, kind = line.runs[0]
        sheet.set_font(FACE, "B" if line.is_heading else styles.get(kind, ""), 12)
        sheet.multi_cell(0, 7, _drawable(text), align="L" if line.is_heading else "J", **DOWN)
        return
    for text, kind in line.runs:
        sheet.set_font(FACE, "B" if line.is_heading else styles.get(kind, ""), 12)
        sheet.write(7, _drawable(text))
    sheet.ln(7)


def _pdf_signers(sheet, signers):
    sheet.ln(8)
    sheet.set_font(FACE, "", 12)
    if sheet.will_page_break(40):
        sheet.add_page()
    if len(signers) == 1:
        sheet.set_x(110)
        sheet.multi_cell(85, 6, _drawable(signers[0]), align="C", **DOWN)
        return
    top = sheet.get_y()
    width = sheet.epw / len(signers)
    for at, text in enumerate(signers):
        sheet.set_xy(sheet.l_margin + at * width, top)
        sheet.multi_cell(width, 6, _drawable(text), align="C", new_x=XPos.LEFT, new_y=YPos.NEXT)


def _drawable(text):
    """The text without what the font has no letter for: signs of ours are spelt otherwise, what
    else was typed there shows as a dot.
    """
    return "".join(
        c if c in "\n" or c in _letters() else SPELT.get(c, "·")
        for c in str(text).replace("\r", "").replace("\t", " ")
    )


@cache
def _letters():
    return frozenset(chr(code) for code in TTFont(FONTS / "be-vietnam-pro-400.ttf").getBestCmap())
