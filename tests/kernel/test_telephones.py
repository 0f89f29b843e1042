"""One person's telephone number is one text, whoever typed or mangled it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.kernel.refusals import Refused
from danchu.kernel.telephones import contact_key, telephone

MOBILE = st.from_regex(r"0[35789][0-9]{8}", fullmatch=True)


@pytest.mark.case("FA12")
@given(MOBILE)
def test_every_way_of_writing_a_number_is_that_number(number):
    ways = [
        number,
        number[1:],
        f"+84{number[1:]}",
        f"+84 (0){number[1:]}",
        f"84{number[1:]}",
        f"{number[1:]}.0",
        f"0084{number[1:]}",
        f"{number[:4]} {number[4:7]}.{number[7:]}",
        number.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
    ]
    assert {telephone(way) for way in ways} == {number}
    assert {contact_key(way) for way in ways} == {number}


@pytest.mark.case("FA12")
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2438252525", "02438252525"),
        ("+842438252525", "02438252525"),
        ("19001234", "19001234"),
        ("1900123456", "1900123456"),
        ("+4930123456", "+4930123456"),
        ("", ""),
    ],
)
def test_other_numbers(typed, number):
    assert telephone(typed) == number


@pytest.mark.parametrize("typed", ["9.12E+08", "0912", "không", "0912345678;0987654321"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(Refused):
        telephone(typed)


def test_two_addresses_of_mail_are_one_whatever_their_capitals():
    assert contact_key("An@Example.VN ") == contact_key("an@example.vn")
    assert contact_key("an@example.vn") != contact_key("ân@example.vn")
