"""The codes of petitions and visits, and the digest by which a person is found without a stored
name.
"""

import hmac

from danchu.casework.natures import MARKS
from danchu.kernel.codes import digest, new_prefixed_code, new_secret, read_prefixed_code
from danchu.kernel.text import fold

# Compared with the secret where no petition has the code, so that the response takes as long as
# where one has.
DUMMY_DIGEST = digest(new_secret())
VISIT = "TD"  # the prefix of a line of the register of receptions
BOOKING = "HT"  # the prefix of a booking of a reception
PREFIXES = (*MARKS.values(), VISIT)


def new_code(nature):
    """A new random code with the prefix of the nature, such as KN-7QK4-M2ZD."""
    return new_prefixed_code(MARKS[nature])


def read_code(text):
    """A code as a person typed it, in its stored form; "" when it is no code of this system."""
    return read_prefixed_code(text, PREFIXES)


def possible_codes(text):
    """All codes that a petition registered under this one may have now: its prefix changes with
    its nature, the rest stays. Empty when `text` is no code.
    """
    code = read_code(text)
    return [f"{mark}-{code[3:]}" for mark in MARKS.values()] if code else []


def keyed_digest(text, key):
    """The first 32 hex digits of the HMAC-SHA256 of the folded text under the key."""
    return hmac.new(key.encode(), fold(text).encode(), "sha256").hexdigest()[:32]
