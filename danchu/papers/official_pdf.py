"""Renders an official document as PDF, letter by letter as it was written, or not at all.

A paper with Vietnamese letters only is set in Be Vietnam Pro; one with letters of other languages
of Vietnam (danchu/papers/letters.py) wholly in DanChu Sans. For any other script the paper is
refused: no letter is replaced, because a name in a signed paper must not become another.

Imported only when a file is written: the library takes long to import.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from fpdf import FPDF, XPos, YPos
from fpdf.fonts import Glyph, SubsetMap

from danchu.kernel.refusals import Refused
from danchu.papers.letters import CLUSTERS, FIRST_PRIVATE, normal
from danchu.papers.official import Table

FONTS = Path(__file__).with_name("fonts")
FACE = "face"
VIETNAMESE_FACE = "be-vietnam-pro"
WIDE_FACE = "danchu-sans"
DOWN = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}
MOST_QUOTED = 10
# The share of the width of a column of numbers, in percent of that of a table.
LEAST_NUMBER = 16
# The height of the signatures and what is free above them, in mm; letters of a word that is a code.
SIGNATURE, GAP = 40, 12
LONG_WORD = 40
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Without a shape of their own between Latin letters.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f]")
_PRIVATE = {cluster: chr(FIRST_PRIVATE + number) for number, cluster in enumerate(CLUSTERS)}
_CLUSTER = re.compile("|".join(map(re.escape, sorted(CLUSTERS, key=len, reverse=True))))


class _Letters(SubsetMap):
    """The glyphs of a font by letter. The text that readers of the PDF copy or search has the
    letters with their marks, not the private codes of their glyphs.
    """

    @cache  # noqa: B019  the library empties it when the file is written
    def get_glyph(self, glyph=None, unicode=None, glyph_name=None, glyph_width=None):
        row = super().get_glyph(glyph, unicode, glyph_name, glyph_width)
        if row is None or not isinstance(unicode, int):
            return row
        place = unicode - FIRST_PRIVATE
        if not 0 <= place < len(CLUSTERS):
            return row
        codes = tuple(map(ord, CLUSTERS[place]))
        return Glyph(row.glyph_id, codes, row.glyph_name, row.glyph_width)


def pdf_bytes(paper):
    """Render an Official as PDF. Refused where a letter of it cannot be drawn."""
    return pdf_of([paper])


def pdf_of(papers):
    """Render Officials as one PDF, each on pages of its own. Refused as `pdf_bytes`."""
    face = face_for("\n".join(text for paper in papers for text in _texts_of(paper)))
    sheet = FPDF(format="A4")
    sheet.set_margins(30, 20, 15)
    sheet.set_title(f"{papers[0].title} {papers[0].number}")
    sheet.set_lang(papers[0].language)
    for weight, style in ((400, ""), (700, "B")):
        sheet.add_font(FACE, style, FONTS / f"{face}-{weight}.ttf")
        font = sheet.fonts[FACE + style]
        font.subset = _Letters(font)
    for paper in papers:
        sheet.add_page()
        _pdf_paper(sheet, paper)
    return bytes(sheet.output())


def _pdf_paper(sheet, paper):
    if paper.stub:
        _pdf_stub(sheet, paper.stub)
    _pdf_head(sheet, paper)
    for place, line in enumerate(paper.lines, 1):
        if isinstance(line, Table):
            _pdf_table(sheet, line)
        else:
            # No signature stands alone on a page.
            if place == len(paper.lines) and sheet.will_page_break(
                _height(sheet, line) + GAP + SIGNATURE
            ):
                sheet.add_page()
            _pdf_line(sheet, line)
        sheet.ln(2)
    _pdf_signers(sheet, paper.signers)


def _height(sheet, line):
    """The height of a paragraph, in mm; nearly, where it has several runs."""
    sheet.set_font(FACE, "B" if line.is_heading else "", 12)
    text = _drawable(line.text)
    return sheet.multi_cell(0, 7, text, align="L", dry_run=True, output="HEIGHT")


def _pdf_stub(sheet, lines):
    """The stub over the dashed line along which it is torn off."""
    sheet.set_font(FACE, "", 11)
    for text in lines:
        sheet.multi_cell(0, 6, _drawable(text), align="L", **DOWN)
    sheet.ln(3)
    sheet.set_dash_pattern(2, 2)
    sheet.line(0, sheet.get_y(), sheet.w, sheet.get_y())
    sheet.set_dash_pattern()
    sheet.ln(8)


def _pdf_head(sheet, paper):
    sheet.set_font(FACE, "B", 10)
    top = sheet.get_y()
    sheet.multi_cell(
        70, 5, _drawable(f"{paper.issuer.upper()}\n{paper.number_line}"), align="C", **DOWN
    )
    left_end = sheet.get_y()
    sheet.set_xy(102, top)
    sheet.multi_cell(93, 5, paper.head, align="C", new_x=XPos.LEFT, new_y=YPos.NEXT)
    sheet.set_font(FACE, "", 10)
    sheet.multi_cell(93, 6, _drawable(paper.place_and_day), align="C", **DOWN)
    sheet.set_y(max(left_end, sheet.get_y()) + 10)
    sheet.set_font(FACE, "B", 14)
    sheet.multi_cell(0, 8, _drawable(paper.title.upper()), align="C", **DOWN)
    sheet.ln(3)


def _pdf_line(sheet, line):
    """A single run is justified, unless it has a long code that leaves holes in the line before;
    several are written one after another, each in its style.
    """
    styles = {"strong": "B", "marked": "U"}
    if len(line.runs) == 1:
        text, kind = line.runs[0]
        has_code = any(len(word) >= LONG_WORD for word in text.split())
        size = 10 if has_code else 12
        sheet.set_font(FACE, "B" if line.is_heading else styles.get(kind, ""), size)
        align = "L" if line.is_heading or has_code else "J"
        sheet.multi_cell(0, 7, _drawable(text), align=align, **DOWN)
        return
    for text, kind in line.runs:
        sheet.set_font(FACE, "B" if line.is_heading else styles.get(kind, ""), 12)
        sheet.write(7, _drawable(text))
    sheet.ln(7)


def _pdf_table(sheet, table):
    """The table under its title; its heads are repeated on each page."""
    sheet.set_font(FACE, "B", 12)
    sheet.multi_cell(0, 7, _drawable(table.title), align="L", **DOWN)
    sheet.set_font(FACE, "", 10)
    places = range(len(table.head))
    are_numbers = [table.is_number(place) for place in places]
    alignments = tuple("RIGHT" if is_number else "LEFT" for is_number in are_numbers)
    with sheet.table(
        width=sheet.epw,
        align="LEFT",
        col_widths=_widths(table, are_numbers),
        text_align=alignments,
        line_height=5,
        padding=1,
    ) as drawn:
        for texts in (table.head, *table.rows):
            row = drawn.row()
            for text in texts:
                row.cell(_drawable(text))


def _widths(table, are_numbers):
    """The shares of the columns: the same of each of numbers, the rest by the longest texts."""
    words = {
        place: min(max(table.longest(place), 12), 60)
        for place, is_number in enumerate(are_numbers)
        if not is_number
    }
    rest = max(100 - LEAST_NUMBER * sum(are_numbers), 30)
    whole = sum(words.values())
    return tuple(
        LEAST_NUMBER if is_number else rest * words[place] / whole
        for place, is_number in enumerate(are_numbers)
    )


def _pdf_signers(sheet, signers):
    """The captions side by side, the last line of each, where the name stands, at one height."""
    sheet.ln(8)
    sheet.set_font(FACE, "", 12)
    if sheet.will_page_break(SIGNATURE):
        sheet.add_page()
    if len(signers) == 1:
        sheet.set_x(110)
        sheet.multi_cell(85, 6, _drawable(signers[0]), align="C", **DOWN)
        return
    top = sheet.get_y()
    width = sheet.epw / len(signers)
    texts = [_drawable(text) for text in signers]
    rows = [
        len(sheet.multi_cell(width, 6, text, align="C", dry_run=True, output="LINES"))
        for text in texts
    ]
    for at, text in enumerate(texts):
        caption, feed, name = text.rpartition("\n")
        lower = "\n" * (max(rows) - rows[at]) if feed else ""
        sheet.set_xy(sheet.l_margin + at * width, top)
        sheet.multi_cell(
            *(width, 6, f"{caption}{lower}{feed}{name}"),
            align="C",
            new_x=XPos.LEFT,
            new_y=YPos.NEXT,
        )


def _texts_of(paper):
    """All texts of the paper, in the cases in which they are drawn."""
    yield from (paper.issuer.upper(), paper.number_line, paper.place_and_day, paper.title.upper())
    for line in paper.lines:
        if isinstance(line, Table):
            yield from (line.title, *line.head)
            yield from (text for row in line.rows for text in row)
        else:
            yield from (text for text, _kind in line.runs)
    yield from (*paper.signers, *paper.stub)


def face_for(text):
    """The name of the face that has all letters of the text. Refused, quoting the others, where
    none has.
    """
    letters = set(_drawable(text)) - {"\n"}
    for face in (VIETNAMESE_FACE, WIDE_FACE):
        if letters <= letters_in(face):
            return face
    missing = sorted(letters - letters_in(WIDE_FACE))
    raise Refused(
        _(
            "Bản PDF chưa in đúng được các chữ sau: %(letters)s. Hãy tải bản DOCX, mở bằng Word "
            "rồi in; hoặc viết lại bằng chữ Latinh."
        )
        % {"letters": " ".join(_letter_and_code(letter) for letter in missing[:MOST_QUOTED])}
    )


def _letter_and_code(letter):
    """The letter with its code, because a reader's machine may not draw it either."""
    picture = f"◌{letter}" if unicodedata.combining(letter) else letter
    return f"“{picture}” (U+{ord(letter):04X})"


def _drawable(text):
    """The text in the codes of the faces: breaks as line feeds, invisible signs left out, letters
    with marks that have no code of their own as one private code.
    """
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", str(text)).replace("\t", " "))
    # A private code that was typed is no letter of ours.
    text = "".join("\ufffe" if "\ue000" <= c <= "\uf8ff" else c for c in text)
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")
    return _CLUSTER.sub(lambda match: _PRIVATE[match[0]], normal(text))


@cache
def letters_in(face):
    """The characters that the face can draw one by one: marks only as part of a letter."""
    codes = TTFont(FONTS / f"{face}-400.ttf").getBestCmap()
    return frozenset(chr(code) for code in codes if not unicodedata.combining(chr(code)))
