"""The code a petition or a visit is known by, and what a person is found again by without his
name.
"""

import hmac

from danchu.casework.natures import MARKS
from danchu.kernel.codes import digest, new_prefixed_code, new_secret, read_prefixed_code
from danchu.kernel.text import fold

# What a secret is compared with where there is no petition of the code: the answer takes as long as
# where there is one.
NOBODY = digest(new_secret())
VISIT = "TD"  # of a line of the register of receptions
PREFIXES = (*MARKS.values(), VISIT)


def new_code(nature):
    """KN-7QK4-M2ZD"""
    return new_prefixed_code(MARKS[nature])


def read_code(text):
    """A code as typed by a person, in the form it is kept; "" when it is none of ours."""
    return read_prefixed_code(text, PREFIXES)


def codes_like(text):
    """The codes a petition may be known by that was received under this one: it keeps its
    letters when it turns out to denounce.
    """
    code = read_code(text)
    return [f"{mark}-{code[3:]}" for mark in MARKS.values()] if code else []


def keyed(words, key):
    """What a person is found again by, without his name: 32 hex digits that nobody makes
    without the key.
    """
    return hmac.new(key.encode(), fold(words).encode(), "sha256").hexdigest()[:32]
