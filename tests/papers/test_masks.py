"""What is masked is gone from the file: its text, its layers and its pictures."""

import io
from datetime import date

import pypdfium2
import pytest
from PIL import Image

from danchu.kernel.refusals import Refused
from danchu.papers.masks import Masks, areas_typed, masked_file, words_typed
from danchu.papers.official import Line, Official, official_file

NAME, NUMBER, PHONE = "Nguyễn Thị Lan", "012345678901", "0912 345 678"
WORDS = f"Bà {NAME}, số {NUMBER}, điện thoại {PHONE}, được hỗ trợ 2.000.000 đồng."


def letter():
    """A PDF with a text layer that names a person."""
    paper = Official("Danh sách", "UBND", "Đống Đa", date(2026, 1, 9), lines=(Line.of(WORDS),))
    return io.BytesIO(official_file(paper, "pdf"))


def black_share(picture):
    """The share of black pixels."""
    grey = picture.convert("L").histogram()
    return sum(grey[:10]) / sum(grey)


def pictures(file):
    return [page.render(scale=1).to_pil() for page in pypdfium2.PdfDocument(file.getvalue())]


def test_a_masked_name_and_numbers_are_in_no_byte_of_the_file():
    before = letter()
    assert NAME in pypdfium2.PdfDocument(before.getvalue())[0].get_textpage().get_text_range()
    file, name = masked_file(before, "danh-sach.pdf", Masks((NAME,), hides_numbers=True))
    assert name == "danh-sach.pdf"
    document = pypdfium2.PdfDocument(file.getvalue())
    assert [page.get_textpage().get_text_range() for page in document] == [""]
    content = file.getvalue()
    for secret in (NAME, NUMBER, PHONE):
        assert secret.encode() not in content and secret.encode("utf-16-be") not in content
    assert b"/Font" not in content
    [page] = pictures(file)
    [plain] = [one.render(scale=1).to_pil() for one in pypdfium2.PdfDocument(letter().getvalue())]
    assert black_share(page) > black_share(plain) + 0.002


def test_a_word_that_was_not_found_is_refused_and_not_promised():
    with pytest.raises(Refused) as refusal:
        masked_file(letter(), "a.pdf", Masks((NAME, "Trần Văn Bình")))
    assert refusal.value.field == "masked_words" and "Trần Văn Bình" in str(refusal.value.message)


def test_an_area_of_a_picture_is_black_and_nothing_else():
    picture = io.BytesIO()
    Image.new("RGB", (200, 100), (255, 255, 255)).save(picture, "PNG")
    file, _name = masked_file(picture, "anh.png", Masks(areas=((1, 0, 0, 50, 100),)))
    [page] = pictures(file)
    assert abs(black_share(page) - 0.5) < 0.05


def test_only_what_can_be_masked_is_taken():
    for content, name in ((b"hello", "a.txt"), (b"%PDF-1.4\nbroken", "a.pdf")):
        with pytest.raises(Refused) as refusal:
            masked_file(io.BytesIO(content), name, Masks((NAME,)))
        assert refusal.value.field == "file"


def test_words_and_areas_are_read_line_by_line():
    assert words_typed(" Lê  An \n\nLê An\nBà Tư") == ("Lê An", "Bà Tư")
    assert areas_typed("2: 10 20,5 60 25\n", "x") == ((2, 10.0, 20.5, 60.0, 25.0),)
    for text in ("10 20 60 25", "1: 60 20 10 25", "0: 1 1 2 2", "1: 0 0 50 101"):
        with pytest.raises(Refused):
            areas_typed(text, "x")
