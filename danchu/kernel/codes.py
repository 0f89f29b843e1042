"""Codes that people read aloud, secrets given to them on paper, and the digest stored of a secret.

A code is random: it reveals neither how many there are nor which came before. A secret has 80
bits; only its SHA-256 is stored, so nobody who reads the database can act in its holder's place.
"""

import hashlib
import hmac
import secrets
from collections.abc import Container

# Crockford's base 32: no two letters that are mistaken for one another.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = str.maketrans("OIL", "011")


def marked_code(mark: str) -> str:
    """A new random code under a mark of two letters: "KN-7QK4-M2ZD"."""
    letters = _random_letters(8)
    return f"{mark}-{_grouped(letters)}"


def new_secret() -> str:
    """A new random secret of 80 bits: "ABCD-EFGH-JKMN-PQRS"."""
    return _grouped(_random_letters(16))


def secret_made_of(octets: bytes) -> str:
    """The secret derived from the first ten of `octets`, which nobody can guess; the same octets
    give the same secret.
    """
    number = int.from_bytes(octets[:10])
    return _grouped("".join(LETTERS[number >> 5 * at & 31] for at in range(16)))


def read_marked(text: object, marks: Container[str]) -> str:
    """A code as typed by a person, in the form it is stored: small letters, blanks and O for 0
    are accepted; "" when it is no code under one of `marks`.
    """
    plain = _plain(text)
    if len(plain) != 10 or plain[:2] not in marks:
        return ""
    return f"{plain[:2]}-{plain[2:6].translate(_READ)}-{plain[6:].translate(_READ)}"


def digest(secret: object) -> str:
    """The SHA-256 stored of a secret, in hex."""
    return hashlib.sha256(_plain(secret).translate(_READ).encode()).hexdigest()


def matches(secret: object, stored: str) -> bool:
    """Whether the stored digest is that of the secret; takes the same time either way."""
    return hmac.compare_digest(digest(secret), stored)


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _random_letters(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def _plain(text: object) -> str:
    return "".join(c for c in str(text)[:60].upper() if c.isascii() and c.isalnum())
