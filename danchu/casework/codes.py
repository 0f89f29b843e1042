"""The code a petition is known by, and the secret with which its sender follows it.

The code is drawn at random: it tells neither how many petitions there are nor which came before. The secret has 80 bits; only
its SHA-256 is kept, so nobody who reads the database can follow in the sender's place.
"""

import hashlib
import hmac
import secrets

from danchu.casework.natures import MARKS
from danchu.kernel.text import fold

# Crockford's letters: none that are read for another.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VISIT = "TD"  # of a line of the register of receptions
PREFIXES = (*MARKS.values(), VISIT)
_READ = str.maketrans("OIL", "011")


def new_code(nature):
    """KN-7QK4-M2ZD"""
    drawn = _drawn(8)
    return f"{MARKS[nature]}-{drawn[:4]}-{drawn[4:]}"


def new_secret():
    """ABCD-EFGH-JKMN-PQRS"""
    drawn = _drawn(16)
    return "-".join(drawn[at : at + 4] for at in range(0, 16, 4))


def read_code(text):
    """A code as typed by a person, in the form it is kept: small letters, blanks and O for 0 are understood."""
    plain = _plain(text)
    if len(plain) != 10 or plain[:2] not in PREFIXES:
        return ""
    return f"{plain[:2]}-{plain[2:6].translate(_READ)}-{plain[6:].translate(_READ)}"


def digest(secret):
    """What is kept of a secret."""
    return hashlib.sha256(_plain(secret).translate(_READ).encode()).hexdigest()


def matches(secret, kept):
    """Whether this is the secret, in a time that tells nothing."""
    return hmac.compare_digest(digest(secret), kept)


def keyed(words, key):
    """What a person is found again by, without his name: 32 hex digits that nobody makes without the key."""
    return hmac.new(key.encode(), fold(words).encode(), "sha256").hexdigest()[:32]


def _drawn(length):
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def _plain(text):
    return "".join(c for c in str(text)[:60].upper() if c.isascii() and c.isalnum())
