"""A letter as DOCX and as PDF, laid out as Decree 30/2020/NĐ-CP has official papers: A4, the state's name, the motto, a place for the signature."""

import io
from functools import cache
from pathlib import Path

from docx import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from fontTools.ttLib import TTFont
from fpdf import FPDF, XPos, YPos

STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
FONTS = Path(__file__).with_name("fonts")
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
}  # fmt: skip
SIGNER = "THẨM QUYỀN KÝ\n(ký, ghi rõ họ tên, đóng dấu)"


def letter_file(letter, ending):
    """The bytes of the letter as "docx" or "pdf"."""
    return {"docx": _docx, "pdf": _pdf}[ending](letter)


def _place_and_day(letter):
    return f"{letter.place}, ngày {letter.on.day:02d} tháng {letter.on.month:02d} năm {letter.on.year}"


def _docx(letter):
    word = WordFile()
    sheet = word.sections[0]
    sheet.page_width, sheet.page_height = Cm(21), Cm(29.7)
    sheet.top_margin = sheet.bottom_margin = Cm(2)
    sheet.left_margin, sheet.right_margin = Cm(3), Cm(1.5)
    word.styles["Normal"].font.name, word.styles["Normal"].font.size = "Times New Roman", Pt(14)
    word.core_properties.title, word.core_properties.author = f"{letter.title} {letter.code}", letter.issuer
    head = word.add_table(rows=1, cols=2).rows[0].cells
    head[0].text, head[1].text = f"{letter.issuer.upper()}\nSố: ………… ({letter.code})", f"{STATE}\n{MOTTO}\n{_place_and_day(letter)}"
    for cell in head:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    title = word.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(f"\n{letter.title.upper()}").bold = True
    word.add_paragraph(f"Căn cứ {letter.basis};").runs[0].italic = True
    for text in letter.body:
        paragraph = word.add_paragraph(text)
        paragraph.alignment, paragraph.paragraph_format.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Cm(1.27)
    signature = word.add_paragraph(SIGNER)
    signature.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def _pdf(letter):
    sheet = FPDF(format="A4")
    sheet.set_margins(30, 20, 15)
    sheet.set_title(f"{letter.title} {letter.code}")
    sheet.set_lang("vi")
    for weight, style in ((400, ""), (700, "B")):
        sheet.add_font("Be Vietnam Pro", style, FONTS / f"be-vietnam-pro-{weight}.ttf")
    sheet.add_page()
    down = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}
    sheet.set_font("Be Vietnam Pro", "B", 10)
    top = sheet.get_y()
    sheet.multi_cell(70, 5, f"{letter.issuer.upper()}\nSố: ………… ({letter.code})", align="C", **down)
    left_end = sheet.get_y()
    sheet.set_xy(102, top)
    sheet.multi_cell(93, 5, f"{STATE}\n{MOTTO}", align="C", new_x=XPos.LEFT, new_y=YPos.NEXT)
    sheet.set_font("Be Vietnam Pro", "", 10)
    sheet.multi_cell(93, 6, _place_and_day(letter), align="C", **down)
    sheet.set_y(max(left_end, sheet.get_y()) + 10)
    sheet.set_font("Be Vietnam Pro", "B", 14)
    sheet.multi_cell(0, 8, letter.title.upper(), align="C", **down)
    sheet.ln(3)
    sheet.set_font("Be Vietnam Pro", "", 12)
    for text in (f"Căn cứ {letter.basis};", *letter.body):
        sheet.multi_cell(0, 7, _drawable(text), align="J", **down)
        sheet.ln(2)
    sheet.ln(8)
    sheet.set_x(110)
    sheet.multi_cell(85, 6, SIGNER, align="C", **down)
    return bytes(sheet.output())


def _drawable(text):
    """The text without what the font has no letter for: what was typed there shows as a dot."""
    return "".join(c if c in "\n" or c in _letters() else "·" for c in str(text).replace("\r", "").replace("\t", " "))


@cache
def _letters():
    return frozenset(chr(code) for code in TTFont(FONTS / "be-vietnam-pro-400.ttf").getBestCmap())
