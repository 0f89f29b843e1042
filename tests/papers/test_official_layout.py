"""Where things stand on an official paper: tables within the margins, words to the left, names of
signers at one height, no signature alone on a page.
"""

from datetime import date

import pypdfium2
import pytest

from danchu.papers.official import Line, Official, Table, official_file

DOTS = "…………………"
SIGNERS = (f"TỔ TRƯỞNG\n\n\n\n{DOTS}", f"TRƯỞNG BAN CÔNG TÁC MẶT TRẬN CỦA TỔ DÂN PHỐ\n\n\n\n{DOTS}")
TABLE = Table(
    "Danh sách người ứng cử",
    ("Người ứng cử", "Ai giới thiệu", "Số hộ chọn"),
    (("Trần Thị Hồng Nhung", "Ban công tác Mặt trận", "18"), ("Phạm Văn Minh", "Tự ứng cử", "1")),
)
POINTS = 72 / 25.4  # of a millimetre
LEFT, RIGHT = 30 * POINTS, 195 * POINTS


def pages_of(*lines, signers=SIGNERS):
    paper = Official("Niêm yết", "Tổ 1", "Tổ 1", date(2026, 6, 14), lines=lines, signers=signers)
    return list(pypdfium2.PdfDocument(official_file(paper, "pdf")))


def boxes(page, words):
    """(left, bottom, right, top) of the first letter of each place where the words stand."""
    texts = page.get_textpage()
    search = texts.search(words)
    places = iter(lambda: search.get_next(), None)
    return [texts.get_charbox(first) for first, _length in places]


def test_a_table_keeps_to_the_margins_and_words_to_the_left():
    [page] = pages_of(Line.of("Kế hoạch số: 31"), TABLE, signers=("TỔ TRƯỞNG",))
    shapes = [one.get_bounds() for one in page.get_objects() if one.type == 2]
    assert min(box[0] for box in shapes) == pytest.approx(LEFT, abs=1)
    assert max(box[2] for box in shapes) == pytest.approx(RIGHT, abs=1)
    [by_front], [by_self] = boxes(page, "Ban công tác Mặt trận"), boxes(page, "Tự ứng cử")
    assert by_front[0] == pytest.approx(by_self[0], abs=2)
    text = page.get_textpage().get_text_range()
    assert "Ban công tác Mặt trận" in text, "in one line"
    assert TABLE.is_number(2) and not TABLE.is_number(1) and not TABLE.is_number(0)


def test_the_names_of_signers_stand_at_one_height():
    [page] = pages_of(Line.of("Xong."))
    first, second = boxes(page, DOTS[:5])[:1] + boxes(page, DOTS[:5])[-1:]
    assert first[0] != second[0] and first[1] == pytest.approx(second[1], abs=0.5)


@pytest.mark.parametrize("number", range(18, 27))
def test_no_signature_stands_alone_on_a_page(number):
    """However many lines come before, the last of them is on the page of the signatures."""
    lines = [Line.of(f"Dòng {place} của biên bản.") for place in range(number)]
    *_before, last = pages_of(*lines, Line.of("Hội nghị kết thúc cùng ngày."))
    text = last.get_textpage().get_text_range()
    assert "kết thúc" in text and "TỔ TRƯỞNG" in text


def test_a_long_code_leaves_no_holes_in_its_line():
    code = "27bafdf9141a5912610d2397224cc9e1c4057eb3c54900f9a11f05379c9fdcd2"
    [page] = pages_of(Line.of(f"Duyệt ngày 30/11/2026; mã băm nội dung SHA-256 {code}"))
    words, whole = boxes(page, "Duyệt ngày"), boxes(page, "SHA-256")
    assert whole[0][2] - words[0][0] < 110 * POINTS
    assert code in page.get_textpage().get_text_range()
