"""The codes that admit people. Those of delegates and rooms are derived from the server's key, so
that a lost sheet can be printed again while the database stores nothing that opens the hall; those
of stewards are random and shown once.
"""

import base64
import hmac

from django.conf import settings

from danchu.kernel.codes import digest, new_prefixed_code, read_prefixed_code

MARK = "HN"  # of the shared code of a conference: HN-7QK4-M2ZD
LETTERS = 10  # 50 bits; guesses are limited to a few dozen an hour
_CROCKFORD = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)


def _keyed(text, purpose):
    return hmac.digest(
        settings.SECRET_KEY.encode(), f"danchu hall {purpose} {text}".encode(), "sha256"
    )


def personal_code(uid, issue):
    """The code of a delegate, like ABCDE-FGHJK, derived from their uid and the issue."""
    code = (
        base64.b32encode(_keyed(f"{uid} {issue}", "delegate")[:10])
        .translate(_CROCKFORD)
        .decode()[:LETTERS]
    )
    return f"{code[:5]}-{code[5:]}"


def room_code(conference_uid, point_pk, issue):
    """The code of a room's desk, in the same form."""
    return personal_code(f"{conference_uid} {point_pk}", issue)


def pass_digest(secret):
    """The digest that is stored of a code as typed (upper or lower case, with blanks, O for 0), in
    hex. It cannot be inverted or guessed without the server's key.
    """
    return _keyed(digest(secret), "pass").hex()


def new_shared_code():
    """A new random shared code, like HN-7QK4-M2ZD."""
    return new_prefixed_code(MARK)


def read_shared(text):
    """A shared code as typed, in the form it is stored; "" when it is none."""
    return read_prefixed_code(text, (MARK,))
