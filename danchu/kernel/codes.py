"""Codes that people read aloud, secrets that they get on paper, and the stored digest of a secret.

A code is random: it reveals neither how many codes there are nor their order. A secret has 76
random bits; only its SHA-256 is stored, so reading the database does not reveal it.

People type codes with a Vietnamese keyboard on: Telex makes "Ư" of W and "Đ" of DD, VNI "Đ" of D9,
and tones of letters or digits behind a vowel. So nothing of that kind is drawn; codes that were
drawn before are read back where the keyboard left no doubt.
"""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Container

# Crockford's base 32 (www.crockford.com/base32.html): without letters that are easily confused.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Those that no Vietnamese keyboard changes, with whatever letter or digit behind them.
DRAWN = "".join(letter for letter in LETTERS if letter not in "AEYDW")
_READ = str.maketrans("OIL", "011")
# The keys of Telex by what it writes. W alone makes Ư: no code has a U.
_TELEX_LETTERS = {"Ă": "AW", "Â": "AA", "Ê": "EE", "Ô": "OO", "Ơ": "OW", "Ư": "W", "Đ": "DD"}
_TELEX_TONES = {"\u0301": "S", "\u0300": "F", "\u0309": "R", "\u0303": "X", "\u0323": "J"}


def new_prefixed_code(prefix: str) -> str:
    """A new random code with a prefix of two letters: "KN-7QK4-M2ZD"."""
    letters = _random_letters(8)
    return f"{prefix}-{_in_groups(letters)}"


def new_secret() -> str:
    """A new random secret of 76 bits: "BCFG-HJKM-NPQR-STVX"."""
    return _in_groups(_random_letters(16))


def derived_secret(entropy: bytes) -> str:
    """The secret derived from the first ten bytes of `entropy`, which must be unpredictable.
    Deterministic.
    """
    return _in_groups(derived_letters(entropy, 16))


def derived_letters(entropy: bytes, length: int) -> str:
    """`length` letters of DRAWN, derived from the first ten bytes of `entropy`. Deterministic."""
    number = int.from_bytes(entropy[:10])
    letters = ""
    for _place in range(length):
        number, rest = divmod(number, len(DRAWN))
        letters += DRAWN[rest]
    return letters


def read_prefixed_code(text: object, prefixes: Container[str]) -> str:
    """A code as a person typed it, in its stored form; lower case, spaces and O for 0 are accepted.
    "" when it is not a code with one of the prefixes.
    """
    plain = _plain(text)
    if len(plain) != 10 or plain[:2] not in prefixes:
        return ""
    return f"{plain[:2]}-{plain[2:6].translate(_READ)}-{plain[6:].translate(_READ)}"


def digest(secret: object) -> str:
    """The SHA-256 of a secret in hex, as it is stored."""
    return hashlib.sha256(_plain(secret).translate(_READ).encode()).hexdigest()


def matches(secret: object, stored: str) -> bool:
    """Whether the stored digest is that of the secret; compares in constant time."""
    return hmac.compare_digest(digest(secret), stored)


def _in_groups(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _random_letters(length: int) -> str:
    return "".join(secrets.choice(DRAWN) for _ in range(length))


def plain_letters(text: object) -> str:
    """The ASCII letters, as capitals, and digits of what was typed, whatever keyboard was on: full
    width as ASCII (NFKC), letters that Telex made as the keys that were pressed.
    """
    entered = str(text)[:120]
    if entered.isascii():
        return "".join(letter for letter in entered.upper() if letter.isalnum())
    typed = unicodedata.normalize("NFKC", entered).upper()
    keys = "".join(_keys(letter) for letter in unicodedata.normalize("NFC", typed))
    return "".join(letter for letter in keys if letter.isascii() and letter.isalnum())


def _keys(letter: str) -> str:
    """The keys of Telex that write the letter; other letters unchanged."""
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(_TELEX_TONES.get(mark, "") for mark in parts[1:])
    shape = unicodedata.normalize("NFC", "".join(m for m in parts if m not in _TELEX_TONES))
    return _TELEX_LETTERS.get(shape, shape) + tones


def _plain(text: object) -> str:
    return plain_letters(text)[:60]
