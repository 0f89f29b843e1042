"""Numbers as they are written in Vietnam and in English, and what is refused of them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from danchu.kernel.numbers import parse_count, round_half_up, show_number, show_percent
from danchu.kernel.refusals import Refused


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (12567, None, "12.567"),
        (Fraction(2469, 2), None, "1.234,5"),
        (Fraction(1, 3), None, "0,33"),
        (Decimal("0.5"), 0, "1"),
        (-1234, None, "-1.234"),
        (None, None, "–"),
    ],
)
def test_a_number_is_shown_as_it_is_written_in_vietnam(value, places, text):
    assert show_number(value, places) == text


def test_a_number_is_shown_in_the_language_that_is_named():
    assert show_number(Fraction(2469, 2), language="en") == "1,234.5"


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [(Fraction(923, 10), "vi", "92,3\u00a0%"), (50, "en", "50.0%"), (None, "vi", "–")],
)
def test_a_percentage_has_its_sign(value, language, text):
    assert show_percent(value, language=language) == text


def test_halves_are_rounded_away_from_zero():
    assert [round_half_up(Fraction(half, 2)) for half in (1, 3, -1, -3)] == [1, 2, -1, -2]


@pytest.mark.parametrize(
    "text", ["12567", "12.567", " 12 567 ", "12\u00a0567", "12\u202f567", "12567,00", "12567.0"]
)
def test_a_count_is_read_as_people_write_it(text):
    assert parse_count(text) == 12567


@pytest.mark.parametrize(
    "text", ["12,567", "-3", "12,5", "nhiều", "", "1" * 16, "5 6", "12 5670", "1 2 3", "1.2 345"]
)
def test_what_is_no_count_is_refused(text):
    with pytest.raises(Refused):
        parse_count(text)
