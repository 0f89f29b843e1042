"""Codes and secrets: as they are handed out, typed and stored."""

import re

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
