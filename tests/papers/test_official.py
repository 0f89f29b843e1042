"""What is drawn on an official paper: every letter as it was written, or no paper."""

import re
import unicodedata
import zlib
from datetime import date

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from danchu.config.settings import PACKAGE
from danchu.kernel.refusals import Refused
from danchu.papers import official_pdf
from danchu.papers.letters import CLUSTERS, FIRST_PRIVATE, ORTHOGRAPHIES, letters_of, normal
from danchu.papers.official import Line, Official, official_file
from danchu.papers.official_pdf import VIETNAMESE_FACE, WIDE_FACE, face_for

NAMES = "Y Ƀhiao Êƀan, H’Ŭn Ktŭl, buôn Kŏ Tam, Ê̆ ô̆ Ơ̆ ư̆ № ☐ ☑"


def paper_of(text):
    return Official("Trả lời", "Phường A", "Hà Nội", date(2026, 1, 2), lines=(Line.of(text),))


def drawn_text(pdf):
    """The letters that a reader of the PDF copies, by its tables from codes to letters."""
    tables, texts = {}, []
    for match in re.finditer(rb"stream\r?\n(.*?)\nendstream", pdf, re.S):
        try:
            plain = zlib.decompress(match[1])
        except zlib.error:
            plain = match[1]
        if b"beginbfchar" in plain:
            table = {
                int(code, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
                for code, letters in re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", plain)
            }
            tables[len(tables)] = table
        elif b" Tj" in plain:
            texts += re.findall(rb"\(((?:\\.|[^\\)])*)\) Tj", plain, re.S)
    return tables, texts


def test_every_sign_of_our_own_sentences_can_be_drawn():
    sentences = (PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text()
    assert face_for(sentences) == WIDE_FACE
    assert face_for("Trả lời đơn số 5, ngày 02/01/2026 – đồng ý…") == VIETNAMESE_FACE


@pytest.mark.case("FA26")
@pytest.mark.parametrize("orthography", ORTHOGRAPHIES)
def test_each_letter_of_the_languages_of_vietnam_has_a_shape(orthography):
    letters = letters_of(orthography)
    assert face_for(" ".join(letters)) in (VIETNAMESE_FACE, WIDE_FACE)
    for letter in letters:
        face_for(unicodedata.normalize("NFD", letter))


@pytest.mark.case("FA26")
def test_names_of_other_peoples_stand_in_the_pdf_as_they_were_written():
    tables, texts = drawn_text(official_file(paper_of(NAMES), "pdf"))
    letters = {letter for table in tables.values() for letter in table.values()}
    assert {"ƀ", "Ƀ", "ŭ", "Ŭ", "ŏ", "№", "☐", "☑"} <= letters
    assert {normal(cluster) for cluster in ("Ê̆", "ô̆", "Ơ̆", "ư̆")} <= letters
    assert "·" not in letters and texts
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in letters)
    assert official_file(paper_of(NAMES), "docx")


@pytest.mark.case("FA26")
@pytest.mark.parametrize(
    "text",
    [
        "ꨌꩌ",
        "ខ្មែរ",
        "ꪼꪕ",
        "中文",
        "a☃",
        "ا",
        "q\u0328",
        "a\u0310",
        "\ue000",
        "\u0306",
        "🤷",
    ],
)
def test_what_cannot_be_drawn_rightly_is_refused_and_nothing_is_replaced(text):
    with pytest.raises(Refused, match="Hãy tải bản DOCX"):
        official_file(paper_of(f"Ông {text}"), "pdf")


def test_breaks_and_invisible_signs_change_no_letter():
    assert official_pdf._drawable("a\r\nb\x0bc\u200bd\te\x01") == "a\nb\ncd e"


def test_marks_are_placed_beside_no_letter_and_above_each_other():
    font = TTFont(official_pdf.FONTS / "danchu-sans-400.ttf")
    cmap, glyphs = font.getBestCmap(), font["glyf"]
    for number, cluster in enumerate(CLUSTERS):
        glyph = glyphs[cmap[FIRST_PRIVATE + number]]
        base = glyphs[cmap[ord(cluster[0])]]
        assert len(glyph.components) == len(cluster)
        assert glyph.yMax > base.yMax or glyph.yMin < base.yMin, cluster
        bottoms = [
            (part.y + glyphs[part.glyphName].yMin, part.y + glyphs[part.glyphName].yMax)
            for part in glyph.components
        ]
        for low, high in bottoms[1:]:
            assert low > base.yMax or high < base.yMin, cluster


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=30))
def test_a_text_is_drawn_letter_by_letter_or_refused(text):
    try:
        face = face_for(text)
    except Refused:
        return
    back = "".join(
        CLUSTERS[ord(c) - FIRST_PRIVATE] if 0 <= ord(c) - FIRST_PRIVATE < len(CLUSTERS) else c
        for c in official_pdf._drawable(text)
    )
    kept = [c for c in normal(text) if unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp")]
    assert [c for c in back if c not in "\n "] == [
        c for c in kept if c != " " and not "\ufe00" <= c <= "\ufe0f"
    ]
    assert set(official_pdf._drawable(text)) - {"\n"} <= official_pdf.letters_in(face)
