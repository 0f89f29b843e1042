"""Text as it is kept: what a reader sees, and nothing besides."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.kernel.text import _STORED_AS_TYPED, clean, fold, initials, sort_key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lê  Văn\tTám ", "Lê Văn Tám"),
        ("Le\u0302 Va\u0306n", "Lê Văn"),
        ("\u202emáT năV", "máT năV"),
        ("\u200b\u2060\ufeff", ""),
        ("An\u2028Bình\u2003Chi\u00a0Đức", "An Bình Chi Đức"),
        ("a\0b\x07", "ab"),
        ("\u2066An\u2069", "An"),
        ("\ud800x", "x"),
        ("Le\u200b\u0302", "Lê"),
    ],
)
def test_what_nobody_sees_is_not_kept(typed, kept):
    assert clean(typed) == kept


@given(st.text(alphabet=st.characters()))
def test_what_is_kept_can_be_seen_and_is_kept_the_same_again(text):
    kept = clean(text)
    assert clean(kept) == kept == kept.strip() and "  " not in kept
    assert {unicodedata.category(letter) for letter in kept} & {
        "Cc",
        "Cf",
        "Cs",
        "Zl",
        "Zp",
    } == set()


@pytest.mark.parametrize(
    ("text", "folded", "letters"),
    [("Đống Đa", "dong da", "dd"), ("Phường  Ngọc-Hà 2", "phuong ngoc ha 2", "pnh2"), ("", "", "")],
)
def test_text_is_compared_without_marks(text, folded, letters):
    assert fold(text) == folded
    assert initials(text) == letters


def test_the_order_is_that_of_the_vietnamese_dictionary():
    words = ["ba", "bà", "bả", "bã", "bá", "bạ", "bă", "bâ", "ca", "da", "đa", "xã 2", "xã 10"]
    assert sorted(set(words), key=sort_key) == words


def test_letters_stored_as_typed_are_those_that_no_rule_changes():
    letters = [chr(code) for code in range(0x2_0000) if _STORED_AS_TYPED.fullmatch(chr(code))]
    assert len(letters) == 229  # 95 of ASCII, 134 of Vietnamese
    for letter in letters:
        assert letter.isprintable()
        assert unicodedata.normalize("NFC", letter) == letter
        assert not unicodedata.combining(letter)
        assert unicodedata.name(letter) not in (
            "LATIN CAPITAL LETTER ETH",
            "LATIN SMALL LETTER ETH",
        )
