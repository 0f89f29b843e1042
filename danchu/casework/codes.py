"""The code a petition or a visit is known by, and what a person is found again by without his name."""

import hmac

from danchu.casework.natures import MARKS
from danchu.kernel.codes import marked_code, read_marked
from danchu.kernel.text import fold

VISIT = "TD"  # of a line of the register of receptions
PREFIXES = (*MARKS.values(), VISIT)


def new_code(nature):
    """KN-7QK4-M2ZD"""
    return marked_code(MARKS[nature])


def read_code(text):
    """A code as typed by a person, in the form it is kept; "" when it is none of ours."""
    return read_marked(text, PREFIXES)


def keyed(words, key):
    """What a person is found again by, without his name: 32 hex digits that nobody makes without the key."""
    return hmac.new(key.encode(), fold(words).encode(), "sha256").hexdigest()[:32]
