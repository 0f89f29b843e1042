"""Codes and secrets: as they are handed out, typed and stored."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.kernel.codes import (
    derived_secret,
    digest,
    matches,
    new_prefixed_code,
    new_secret,
    read_prefixed_code,
)


def test_a_code_is_read_as_it_was_handed_out():
    code = new_prefixed_code("KN")
    assert re.fullmatch(r"KN-[0-9A-Z]{4}-[0-9A-Z]{4}", code)
    assert read_prefixed_code(code, {"KN"}) == code


def test_a_code_typed_carelessly_is_understood():
    assert read_prefixed_code(" kn 7qko  m2zl", {"KN"}) == "KN-7QK0-M2Z1"


def test_what_is_no_code_of_the_mark_is_none():
    assert read_prefixed_code("KN-7QK4-M2ZD", {"TC"}) == ""
    assert read_prefixed_code("KN-7QK4", {"KN"}) == ""


def test_a_secret_matches_its_digest_only():
    secret = new_secret()
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", secret)
    assert matches(secret.lower().replace("-", " "), digest(secret))
    assert not matches(new_secret(), digest(secret))


@given(st.binary(min_size=10, max_size=32))
def test_the_same_octets_give_the_same_secret(octets):
    assert derived_secret(octets) == derived_secret(octets[:10])


TELEX_SHAPES = {"AW": "Ă", "AA": "Â", "EE": "Ê", "OO": "Ô", "OW": "Ơ", "UW": "Ư", "DD": "Đ"}
TELEX_TONES = {"S": "\u0301", "F": "\u0300", "R": "\u0309", "X": "\u0303", "J": "\u0323"}
VNI_TONES = dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))


def telex(keys):
    """What Telex makes of the keys, a tone going to the vowel before it in the same word."""
    text = ""
    for key in keys:
        shape = TELEX_SHAPES.get(text[-1:] + key)
        at = next((i for i in range(len(text) - 1, -1, -1) if not text[i].isalpha()), -1)
        vowel = next((i for i in range(len(text) - 1, at, -1) if text[i] in "AEIOUYĂÂÊÔƠƯ"), None)
        if shape:
            text = text[:-1] + shape
        elif key == "W":
            text += "Ư"
        elif key in TELEX_TONES and vowel is not None:
            text = text[: vowel + 1] + TELEX_TONES[key] + text[vowel + 1 :]
        else:
            text += key
    return unicodedata.normalize("NFC", text)


def vni(keys):
    """What VNI makes of the keys."""
    text = ""
    for key in keys:
        if key in VNI_TONES and text and text[-1] in "AEIOUY":
            text += VNI_TONES[key]
        elif key == "9" and text[-1:] == "D":
            text = text[:-1] + "Đ"
        else:
            text += key
    return unicodedata.normalize("NFC", text)


@pytest.mark.case("FA25")
def test_no_vietnamese_keyboard_changes_a_new_code():
    for _time in range(200):
        for code in (new_secret(), new_prefixed_code("KN"), new_prefixed_code("PA")):
            assert telex(code) == vni(code) == code


@pytest.mark.case("FA25")
def test_codes_of_before_are_read_back_from_telex():
    assert telex("ZJSM-8VWD") == "ZJSM-8VƯD"
    assert digest("ZJSM-8VƯD-ĐHK-2Â7") == digest("ZJSM-8VWD-DDHK-2AA7")
    assert digest(telex("ASKM-EE7W-DD9Y")) == digest("ASKM-EE7W-DD9Y")
    assert read_prefixed_code(telex("KN-ASK4-MW2D"), {"KN"}) == "KN-ASK4-MW2D"


@pytest.mark.case("FA25")
def test_full_width_letters_and_digits_are_read():
    assert read_prefixed_code("ＫＮ－７ＱＫ４－Ｍ２ＺＤ", {"KN"}) == "KN-7QK4-M2ZD"
    assert digest("７ＱＫ４") == digest("7qk4")
