"""Numbers and ids of an address: what is one is read, anything else is None, nothing breaks."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from danchu.kernel.addresses import DIGITS, number_in, uid_in

ANYTHING = some.one_of(
    some.none(), some.text(), some.integers(), some.binary(), some.text("0123456789٣௧²½+-_. \n\0")
)


@given(some.integers(0, 10**DIGITS - 1))
def test_a_number_is_read(number):
    assert number_in(str(number)) == number


@given(ANYTHING)
def test_whatever_was_typed_is_a_number_that_the_database_holds_or_none(typed):
    number = number_in(typed)
    assert number is None or 0 <= number < 2**63 and int(str(typed)) == number


@pytest.mark.parametrize("typed", ["", None, "-1", "+1", "1.0", " 1", "1_0", "٣", "²", "1" * 19])
def test_what_only_looks_like_a_number_is_none(typed):
    assert number_in(typed) is None


def test_a_number_has_no_more_digits_than_asked_for():
    assert number_in("999", 3) == 999
    assert number_in("1000", 3) is None


@given(some.uuids())
def test_an_id_is_read(uid):
    assert uid_in(str(uid)) == uid
    assert uid_in(uid) == uid


@given(ANYTHING)
def test_whatever_was_typed_is_an_id_or_none(typed):
    assert uid_in(typed) is None or isinstance(uid_in(typed), UUID)
