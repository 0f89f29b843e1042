"""Names and what people wrote are marked as Vietnamese on English pages, and nothing else is."""

import pytest

from danchu.look.foreign import marked

VI = 'lang="vi" translate="no"'


@pytest.mark.parametrize(
    ("page", "result"),
    [
        ("<a>Phường Hoàn Kiếm</a>", f"<a {VI}>Phường Hoàn Kiếm</a>"),
        ('<td class="x">Giám sát, Hà Nội</td>', f'<td class="x" {VI}>Giám sát, Hà Nội</td>'),
        (
            "<p>Records of Thành phố Hà Nội.</p>",
            f"<p>Records of <span {VI}>Thành phố Hà Nội.</span></p>",
        ),
        (
            "<p>Hà Nội and Đà Nẵng</p>",
            f"<p><span {VI}>Hà Nội</span> and <span {VI}>Đà Nẵng</span></p>",
        ),
        (
            "<li><a>x</a> Phường Ba Đình · 3 records</li>",
            f"<li><a>x</a> <span {VI}>Phường Ba Đình</span> · 3 records</li>",
        ),
        ("<option>Xã Đông Anh</option>", f"<option {VI}>Xã Đông Anh</option>"),
        ('<a lang="vi">Tiếng Việt</a>', '<a lang="vi">Tiếng Việt</a>'),
        ("<title>Hà Nội</title>", "<title>Hà Nội</title>"),
        ("<textarea>\nHà Nội</textarea>", "<textarea>\nHà Nội</textarea>"),
        ("<svg><text>Biển Đông</text></svg>", "<svg><text>Biển Đông</text></svg>"),
        ('<input value="Hà Nội">', '<input value="Hà Nội">'),
        ("<p>Nothing here</p>", "<p>Nothing here</p>"),
    ],
)
def test_what_is_vietnamese_is_marked_and_the_words_stay(page, result):
    assert marked(page) == result
