"""The page of a place, printed, is one sheet for the board of the culture house."""

from datetime import date, timedelta

import pypdfium2
import pytest
from django.template.loader import render_to_string

from danchu.look.one_sheet import merged
from danchu.portal.at_place import MOST, Heading, Part, Row
from danchu.subjects.first_rows import FirstRows
from danchu.subjects.verbs import VERBS

DAY = date(2026, 11, 30)
# As many lists as a ward of the demo has, with titles of usual length.
LISTS = 18
TITLE = "Sửa mái nhà văn hóa tổ dân phố"


def the_board(parts):
    """The part of the page that is printed, with so many lists of three rows under six verbs."""
    rows = [
        Row(DAY - timedelta(n), TITLE, "/", "Đã kết thúc", DAY, "Tổ dân phố số 4")
        for n in range(MOST)
    ]
    part = Part("Hội nghị định kỳ của thôn, tổ dân phố", "/", FirstRows(rows, None))
    keys = list(VERBS)
    share = -(-parts // len(keys))
    headings = [Heading(key, VERBS[key].title, [part] * share) for key in keys]
    return render_to_string("portal/parts/at_place.html", {"headings": headings})


def sheets(page, kind, lists):
    board = the_board(lists)
    page.set_content(
        f"<style>{merged()}</style><body class='place-sheet {kind}'>"
        f"<div class='page'><h1>Phường Hoàn Kiếm</h1>{board}</div>"
    )
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    words = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    return len(document), words


@pytest.mark.browser
def test_a_ward_with_every_list_is_printed_on_one_sheet(chromium):
    page = chromium.new_page()
    try:
        number, words = sheets(page, "full", LISTS)
        assert number == 1 and words.count("Đã kết thúc") == 2 * LISTS
        assert "Xem tất cả" not in words
        number, words = sheets(page, "", LISTS // 3)
        assert number == 1 and words.count("Đã kết thúc") == MOST * (LISTS // 3)
    finally:
        page.close()
