"""Renders an official document as PDF, with a font that has all Vietnamese letters.

Imported only when a file is written: the library takes long to import.
"""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF, XPos, YPos

from danchu.papers.official import MOTTO, STATE

FONTS = Path(__file__).with_name("fonts")
FACE = "Be Vietnam Pro"
SPELT = {"≥": ">=", "≤": "<=", "→": "->"}  # replacements for signs missing in the font
DOWN = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}


def pdf_bytes(paper):
    """Render an Official as PDF."""
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
    """A single run is justified; several are written one after another, each in its style."""
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
    """The text with characters missing in the font replaced: by SPELT, else by a middle dot."""
    return "".join(
        c if c in "\n" or c in _letters() else SPELT.get(c, "·")
        for c in str(text).replace("\r", "").replace("\t", " ")
    )


@cache
def _letters():
    """The characters that the font has."""
    return frozenset(chr(code) for code in TTFont(FONTS / "be-vietnam-pro-400.ttf").getBestCmap())
