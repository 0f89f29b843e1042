"""What is masked is gone from the file: its text, its layers and its pictures."""

import io
import re
from datetime import date

import pypdfium2
import pytest
from PIL import Image

from danchu.kernel.refusals import Refused
from danchu.papers.cleaning.masking import NUMBERS
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


def pdf(*objects):
    """A PDF of these objects, the first of which is the catalogue."""
    content, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    end = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return io.BytesIO(content + b"startxref\n%d\n%%%%EOF\n" % end)


def stream(content, head=b""):
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(content), content)


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
FONTS = b"/Resources<</Font<</F1 5 0 R>>>>"
A4 = b"/MediaBox[0 0 595 842]"
SAID = b"(Ba Nguyen Thi Lan o ngo Nam) Tj"


def page_that_says(attributes=A4, text=SAID, *more):
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R%s%s>>" % (attributes, FONTS),
        stream(b"BT /F1 24 Tf 200 300 Td %s ET" % text),
        FONT,
        *more,
    )


def ink(picture):
    """The places of what is written."""
    grey = picture.convert("L")
    return {
        (x, y) for x in range(grey.width) for y in range(grey.height) if grey.getpixel((x, y)) < 200
    }


TURNED = {
    "plain": A4,
    "turned": A4 + b"/Rotate 90",
    "upside down": A4 + b"/Rotate 180",
    "turned back": A4 + b"/Rotate 270",
    "another origin": b"/MediaBox[100 100 695 942]",
    "cut": A4 + b"/CropBox[150 250 590 500]",
    "cut and turned": A4 + b"/CropBox[150 250 590 500]/Rotate 90",
}


@pytest.mark.parametrize("attributes", TURNED.values(), ids=TURNED)
def test_a_name_is_black_where_it_stands_also_on_a_page_that_is_turned_or_cut(attributes):
    before = page_that_says(attributes)
    plain = pypdfium2.PdfDocument(before)[0].render(scale=150 / 72).to_pil()
    file, _name = masked_file(before, "a.pdf", Masks(("Ba Nguyen Thi Lan o ngo Nam",)))
    [masked] = [
        page.render(scale=150 / 72).to_pil().convert("L")
        for page in pypdfium2.PdfDocument(file.getvalue())
    ]
    assert all(abs(one - two) < 2 for one, two in zip(masked.size, plain.size, strict=True))
    written = ink(plain)
    assert len(written) > 1000
    assert [place for place in written if masked.getpixel(place) > 60] == []


def test_a_name_in_a_note_on_the_page_is_masked_with_the_page():
    drawn = b"BT /F1 24 Tf 5 10 Td (Nguyen Thi Lan) Tj ET"
    note = b"<</Type/Annot/Subtype/FreeText/F 4/Rect[100 500 400 540]/AP<</N 7 0 R>>>>"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 300 40]" + FONTS
    before = page_that_says(
        A4 + b"/Annots[6 0 R]", b"(Danh sach nguoi duoc ho tro) Tj", note, stream(drawn, form)
    )
    masks = Masks(("Nguyen Thi Lan",))
    plain = pypdfium2.PdfDocument(before)[0].render(scale=1).to_pil()
    file, _name = masked_file(before, "a.pdf", masks)
    [masked] = [page.convert("L") for page in pictures(file)]
    name = {(x, y) for x, y in ink(plain) if y < plain.height / 2}
    assert name and [place for place in name if masked.getpixel(place) > 60] == []


def test_an_area_of_a_photo_is_where_its_viewer_shows_it():
    picture = Image.new("RGB", (400, 200), (255, 255, 255))
    tags = picture.getexif()
    tags[0x112] = 6  # turned by a quarter
    content = io.BytesIO()
    picture.save(content, "JPEG", exif=tags)
    file, _name = masked_file(content, "anh.jpg", Masks(areas=((1, 0, 0, 100, 25),)))
    [page] = pictures(file)
    assert page.height > page.width
    assert page.getpixel((10, 5))[0] < 30 and page.getpixel((10, page.height - 5))[0] > 220


def test_what_may_still_be_there_is_refused():
    scan = io.BytesIO()
    picture = Image.new("RGB", (200, 100), (255, 255, 255))
    picture.putpixel((5, 5), (0, 0, 0))
    picture.save(scan, "PNG")
    for content, name, masks in (
        (letter(), "a.pdf", Masks((NAME,), areas=((2, 0, 0, 50, 50),))),  # of no page
        (scan, "a.png", Masks(hides_numbers=True)),
    ):
        with pytest.raises(Refused) as refusal:
            masked_file(content, name, masks)
        assert refusal.value.field == "masked_areas"
    assert masked_file(scan, "a.png", Masks(hides_numbers=True, areas=((1, 0, 0, 9, 9),)))


@pytest.mark.parametrize(
    ("number", "hidden"),
    [
        ("012345678901", True),
        ("012 345 678 901", True),
        ("012.345.678.901", True),
        ("0123-4567-8901", True),
        ("123 456 789", True),
        ("(024) 3825 1234", True),
        ("+84 (0)912 345 678", True),
        ("0912.345.678", True),
        ("2.000.000 dong", False),
        ("100.000.000.000 dong", False),
        ("12/2026/QD", False),
    ],
)
def test_numbers_of_persons_are_found_however_they_are_grouped_and_money_is_not(number, hidden):
    assert bool(re.search(NUMBERS, f"so {number}, ngay 3")) == hidden


def test_a_page_that_says_it_is_huge_costs_no_more_than_another():
    before = page_that_says(b"/MediaBox[0 0 14400 14400]")
    file, _name = masked_file(before, "a.pdf", Masks(areas=((1, 0, 0, 50, 50),)))
    page = pypdfium2.PdfDocument(file.getvalue())[0]
    [drawn] = [one for one in page.get_objects() if one.type == 3]
    assert drawn.get_px_size() == (4000, 4000)
