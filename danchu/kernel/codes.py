"""Codes that people read aloud, secrets that they get on paper, and the stored digest of a secret.

A code is random: it reveals neither how many codes there are nor their order. A secret has 80
random bits; only its SHA-256 is stored, so reading the database does not reveal it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Container

# Crockford's base 32 (www.crockford.com/base32.html): without letters that are easily confused.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = str.maketrans("OIL", "011")


def new_prefixed_code(prefix: str) -> str:
    """A new random code with a prefix of two letters: "KN-7QK4-M2ZD"."""
    letters = _random_letters(8)
    return f"{prefix}-{_grouped(letters)}"


def new_secret() -> str:
    """A new random secret of 80 bits: "ABCD-EFGH-JKMN-PQRS"."""
    return _grouped(_random_letters(16))


def derived_secret(entropy: bytes) -> str:
    """The secret derived from the first ten bytes of `entropy`, which must be unpredictable.
    Deterministic.
    """
    number = int.from_bytes(entropy[:10])
    return _grouped("".join(LETTERS[number >> 5 * index & 31] for index in range(16)))


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


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _random_letters(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def _plain(text: object) -> str:
    return "".join(
        letter for letter in str(text)[:60].upper() if letter.isascii() and letter.isalnum()
    )
