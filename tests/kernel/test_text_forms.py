"""Text as it enters and as persons and places are told apart by it."""

import unicodedata
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.kernel.text import clean, fold, identity_key, normal, paragraphs

ANY_TEXT = st.text(alphabet=st.characters(), max_size=80) | st.text(
    alphabet="ÐƉðɖDdĐđaeo\u0300\u0301\u0302\u0303\u0306\u0309\u0323\u0335\u0336\x0b\x0c\ufffe\r\n ",
    max_size=20,
)


@pytest.mark.case("FA6")
@given(ANY_TEXT)
def test_any_text_has_one_form_that_xml_holds(text):
    for form in (normal, clean, paragraphs):
        entered = form(text)
        assert unicodedata.is_normalized("NFC", entered)
        assert form(entered) == entered
        escaped = entered.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;")
        assert (fromstring(f"<t>{escaped}</t>").text or "") == entered
        assert not any(
            unicodedata.category(letter) == "Cn" and ord(letter) & 0xFFFE == 0xFFFE
            for letter in entered
        )


@pytest.mark.case("FA6", "SE-L6")
def test_the_line_break_of_a_word_processor_stays_a_line_break():
    assert paragraphs("Dòng một\x0bDòng hai\r\nDòng ba\x01") == "Dòng một\nDòng hai\nDòng ba"
    assert clean("Đèn\ufffe ngõ\x0b7") == "Đèn ngõ 7"


@pytest.mark.case("FA5", "FA6")
@pytest.mark.parametrize(
    "unseen",
    ["\u3164", "\u115f", "\uffa0", "\u034f", "\ufe0f", "\u2800", "\u180b", "\U000e0101", "\u2065"],
)
def test_what_nobody_sees_makes_no_name_and_no_other_name(unseen):
    assert clean(unseen) == paragraphs(f" {unseen}\n") == ""
    assert identity_key(f"Nguyễn{unseen} Văn Hải{unseen}") == identity_key("Nguyễn Văn Hải")
    # Between a vowel and its tone it would also keep them from being one letter.
    assert clean(f"Ha{unseen}\u0309i") == paragraphs(f"Ha{unseen}\u0309i") == "Hải"


@pytest.mark.case("FA23")
@pytest.mark.parametrize(
    "typed",
    ["Ðống Ða", "Ɖống Ɖa", "D\u0336ống D\u0335a", "Đo\u0302\u0301ng Đa", "Đo\u0301\u0302ng Đa"],
)
def test_what_looks_like_the_same_word_is_the_same_word(typed):
    assert normal(typed) == clean(typed) == "Đống Đa"
    assert fold(typed) == "dong da"
    assert fold(typed.lower()) == "dong da" and clean(typed.lower()) == "đống đa"


@pytest.mark.case("FA5")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Văn Hải", "Nguyễn Văn Hài"),
        ("Trần Thị Hòa", "Trần Thị Hoa"),
        ("Thôn Đồng", "Thôn Đông"),
        ("Lê Văn Dũng", "Lê Văn Dụng"),
        ("Đinh Đa", "Dinh Da"),
        ("12/3 Lê Lợi", "1/23 Lê Lợi"),
    ],
)
def test_marks_tell_persons_and_places_apart(one, other):
    assert identity_key(one) != identity_key(other)


@pytest.mark.case("FA5")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trần Thị Hòa", "  trần thị  HOÀ "),
        ("Nguyễn Thúy", unicodedata.normalize("NFD", "Nguyễn Thuý")),
        ("tổ 6 , Bồng Lai", "Tổ 6,Bồng Lai"),
        ("H’Ŭn Ktŭl", "H'Ŭn Ktŭl"),
        ("Ðinh Văn A", "Đinh Văn A"),
    ],
)
def test_the_way_of_typing_does_not(one, other):
    assert identity_key(one) == identity_key(other)


SYLLABLES = st.sampled_from(
    [
        "hoa",
        "hòa",
        "hoả",
        "hoã",
        "hóa",
        "họa",
        "đông",
        "đồng",
        "đổng",
        "đống",
        "động",
        "dong",
        "hai",
        "hài",
        "hải",
        "hãi",
        "hái",
        "hại",
        "an",
        "ăn",
        "ân",
    ]
)


@pytest.mark.case("FA5")
@given(st.lists(SYLLABLES, min_size=1, max_size=4), st.lists(SYLLABLES, min_size=1, max_size=4))
def test_only_equal_names_are_equal(one, other):
    written = unicodedata.normalize("NFD", " ".join(one)).upper()
    assert (identity_key(written) == identity_key(" ".join(other))) == (one == other)
