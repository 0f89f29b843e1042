"""Codes that people read aloud, secrets that are handed to them on paper, and what is kept of a
secret.

A code is drawn at random: it tells neither how many there are nor which came before. A secret has
80 bits; only its SHA-256 is kept, so nobody who reads the database can act in its holder's place.
"""

import hashlib
import hmac
import secrets

# Crockford's letters: none that are read for another.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ = str.maketrans("OIL", "011")


def marked_code(mark):
    """KN-7QK4-M2ZD, of a mark of two letters."""
    drawn = _drawn(8)
    return f"{mark}-{drawn[:4]}-{drawn[4:]}"


def new_secret():
    """ABCD-EFGH-JKMN-PQRS"""
    return _grouped(_drawn(16))


def secret_made_of(octets):
    """A secret of at least ten octets that nobody can guess: of the same octets the same."""
    number = int.from_bytes(octets[:10])
    return _grouped("".join(LETTERS[number >> 5 * at & 31] for at in range(16)))


def read_marked(text, marks):
    """A code as typed by a person, in the form it is kept: small letters, blanks and O for 0
    are understood; "" when it is none.
    """
    plain = _plain(text)
    if len(plain) != 10 or plain[:2] not in marks:
        return ""
    return f"{plain[:2]}-{plain[2:6].translate(_READ)}-{plain[6:].translate(_READ)}"


def digest(secret):
    """What is kept of a secret."""
    return hashlib.sha256(_plain(secret).translate(_READ).encode()).hexdigest()


def matches(secret, kept):
    """Whether this is the secret, in a time that tells nothing."""
    return hmac.compare_digest(digest(secret), kept)


def _grouped(letters):
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _drawn(length):
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def _plain(text):
    return "".join(c for c in str(text)[:60].upper() if c.isascii() and c.isalnum())
