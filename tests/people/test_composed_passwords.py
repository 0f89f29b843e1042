"""A password is the same word on every keyboard, and no account is locked out by that."""

import unicodedata

import pytest
from django.contrib.auth import authenticate, hashers
from hypothesis import given
from hypothesis import strategies as st

from danchu.people.hashers import ComposedMD5, ComposedPBKDF2, forms_of

SENTENCE = "Đường làng quanh co 2026"


@pytest.mark.case("FA24")
@given(st.text(min_size=1, max_size=20).filter(lambda text: "\0" not in text))
def test_a_password_is_known_in_every_form_of_its_letters(text):
    hasher = ComposedMD5()
    encoded = hasher.encode(unicodedata.normalize("NFC", text), "saltsaltsaltsaltsaltsa")
    for form in ("NFC", "NFD"):
        assert hasher.verify(unicodedata.normalize(form, text), encoded)
    assert not hasher.verify(text + "x", encoded)


@pytest.mark.case("FA24")
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accounts_of_before_stay_open(form):
    password = unicodedata.normalize(form, SENTENCE)
    encoded = hashers.PBKDF2PasswordHasher().encode(password, "saltsalt", 1)
    for typed in ("NFC", "NFD"):
        assert ComposedPBKDF2().verify(unicodedata.normalize(typed, SENTENCE), encoded)
    assert not ComposedPBKDF2().verify("Đường làng quanh co 2027", encoded)


def test_plain_passwords_cost_one_hash():
    assert forms_of("mot cau dai 2026") == ["mot cau dai 2026"]


@pytest.mark.case("FA24")
def test_one_logs_in_with_another_keyboard(person, client):
    account = person("Lê Thị A")
    account.set_password(SENTENCE)
    account.save()
    for form in ("NFC", "NFD"):
        typed = unicodedata.normalize(form, SENTENCE)
        assert authenticate(None, username=account.email, password=typed) == account
