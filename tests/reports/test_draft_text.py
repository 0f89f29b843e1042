"""The text of a report that an office writes is read line by line, or refused by line."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.reports.blocks import HIDDEN, Number
from danchu.reports.draft_text import TO_WRITE, blocks_of, check_written
from danchu.reports.indicator_names import figures_named, key_named, name_in_text
from danchu.reports.outline import HEADLINES, outline, roman
from danchu.reports.sentences import UNKNOWN, missing_sentence, sentences
from danchu.reports.template import parse_text

TEXT = """
# I. Giám sát

Trong kỳ có {F01} cuộc, {F01 so cùng kỳ}.
[Bảng: Phụ lục 1 | f01; opinions, dialogues | so cùng kỳ]
[Bảng: Theo xã | F01 | theo xã]
[Biểu đồ: Giám sát | F01]
[Ghi chú: không phải bảng]
"""


def test_each_line_is_a_heading_a_paragraph_a_table_or_a_chart():
    assert blocks_of(TEXT) == [
        {"kind": "heading", "text": "I. Giám sát"},
        {"kind": "paragraph", "text": "Trong kỳ có {F01} cuộc, {F01 so cùng kỳ}."},
        {
            "kind": "table",
            "text": "Phụ lục 1",
            "keys": ["supervisions_217", "opinions", "dialogues"],
            "compare": True,
        },
        {"kind": "table", "text": "Theo xã", "keys": ["supervisions_217"], "level": "commune"},
        {"kind": "chart", "text": "Giám sát", "keys": ["supervisions_217"]},
        {"kind": "paragraph", "text": "[Ghi chú: không phải bảng]"},
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("#", "chưa có tên mục"),
        ("Có {X99} cuộc", "Không có chỉ tiêu “X99”"),
        ("Có {F07} ý kiến", "opinions_accepted"),
        ("Có {F01", "dấu ngoặc nhọn"),
        ("Có {F01 nhanh}", "không hiểu “nhanh”"),
        ("Có {F01 year=0}", "từ 1900"),
        ("Có {F01 year=99999}", "từ 1900"),
        ("Có {F01 more_than=0}", "từ 1 đến"),
        ("Có {F01 since=31/02/2026}", "31/02/2026"),
        ("Có {F01 year=2025 so cùng kỳ}", "so cùng kỳ"),
        ("Có {F01 so kế hoạch 0}", "từ 1 đến"),
        ("Có {F01 so kế hoạch nhiều}", "nhiều"),
        ("Có {F01 so kế hoạch 12 so cùng kỳ}", "so cùng kỳ"),
        ("[Bảng: | F01]", "hãy ghi tên"),
        ("[Bảng: Phụ lục]", "hãy ghi tên"),
        ("[Bảng: Phụ lục | F01; X99]", "X99"),
        ("[Bảng: Phụ lục | F01 | theo phố]", "theo phố"),
        ("[Bảng: Phụ lục | F01 | theo xã | so cùng kỳ]", "bỏ một trong hai"),
        ("[Biểu đồ: Giám sát | F01 | theo xã]", "không hiểu"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(line, words):
    with pytest.raises(Refused) as refusal:
        blocks_of(f"# Mục\n\n{line}\nHết.")
    assert "Dòng 3:" in str(refusal.value.message) and words in str(refusal.value.message)
    assert refusal.value.field == "text"


@given(
    st.text(
        alphabet=st.sampled_from(list("#[]{}|:;=F01 \nBảngso cùngkỳyearsince29-\\%")), max_size=80
    )
)
def test_any_text_is_read_or_refused_by_its_line(text):
    try:
        blocks = blocks_of(text)
    except Refused as refusal:
        assert "Dòng " in str(refusal.message)
    else:
        lines = [line for line in text.splitlines() if line.strip()]
        assert len(blocks) == len(lines)


def test_the_outline_of_a_new_report_has_a_line_for_each_main_figure_and_a_table_of_all():
    text = outline()
    blocks_of(text)
    coded = [key for key in figures_named() if name_in_text(key) != key]
    for key in {*coded, *HEADLINES}:
        assert "{" + name_in_text(key) + "}" in text
    assert not set(HEADLINES) & set(coded) and set(HEADLINES) <= set(figures_named())
    assert all(line.count("{") <= 2 for line in text.splitlines()), "a wall of numbers"
    assert "| tất cả |" in text
    assert set(figures_named()) == {key for key in INDICATORS if "." not in key}
    with pytest.raises(Refused, match="chưa viết"):
        check_written(text)
    check_written(text.replace(TO_WRITE, "đã viết"))


def test_days_of_a_figure_are_written_as_people_write_days():
    [words] = blocks_of("Có {F01 từ 01/01/2026 đến 31/03/2026} cuộc.")
    _before, reference, _after = parse_text(words["text"])
    assert reference.options == {"since": date(2026, 1, 1), "until": date(2026, 4, 1)}
    with pytest.raises(Refused, match="không phải là ngày"):
        blocks_of("Có {F01 từ 2026} cuộc.")


def test_chapters_are_numbered_in_roman_numerals():
    numbers = [roman(number) for number in (1, 4, 9, 10, 11, 14, 19, 20, 39)]
    assert numbers == ["I", "IV", "IX", "X", "XI", "XIV", "XIX", "XX", "XXXIX"]


def test_an_indicator_is_named_by_its_key_or_its_code():
    for key, one in INDICATORS.items():
        assert key_named(key) == key
        assert key_named(name_in_text(key)) == key
        if one.code and name_in_text(key) == one.code:
            assert key_named(one.code.lower()) == key


@given(st.lists(st.text(alphabet="ab .;!?\n", max_size=12) | st.integers(), max_size=6))
def test_sentences_lose_nothing(pieces):
    joined = [piece for group in sentences(pieces) for piece in group]
    assert "".join(map(str, joined)) == "".join(map(str, pieces))
    assert [piece for piece in joined if isinstance(piece, int)] == [
        piece for piece in pieces if isinstance(piece, int)
    ]


def test_a_paragraph_is_cut_after_each_sentence():
    pieces = parse_text("Có {F01} cuộc. Có {opinions} ý kiến; hết.")
    assert [
        "".join(p if isinstance(p, str) else p.key for p in group) for group in sentences(pieces)
    ] == [
        "Có supervisions_217 cuộc. ",
        "Có opinions ý kiến; ",
        "hết.",
    ]


def test_a_sentence_whose_numbers_may_not_be_told_says_so_once():
    figure = SimpleNamespace(
        indicator=INDICATORS["petitions_received"],
        period=Period(date(2026, 10, 1), date(2027, 1, 1)),
    )
    number = Number(HIDDEN["vi"], (figure,))
    spans = ["Đơn: ", number, " đơn, ", number, ". "]
    parts = missing_sentence([number, number], spans, "vi", HIDDEN)
    words = "".join(part if isinstance(part, str) else part.text for part in parts)
    assert words == f"{INDICATORS['petitions_received'].vi}: (không nêu). "


def test_a_clause_without_data_ends_as_it_was_written():
    quarter = Period(date(2026, 10, 1), date(2027, 1, 1))
    figure = SimpleNamespace(indicator=INDICATORS["opinions"], period=quarter)
    number = Number(UNKNOWN["vi"], (figure,))
    for written in ("; ", ".", " ý kiến", "?"):
        [spans, *_rest] = sentences([number, written + "hết"])
        last = missing_sentence([number], spans, "vi")[-1]
        assert last == ("; " if written == "; " else ".")
