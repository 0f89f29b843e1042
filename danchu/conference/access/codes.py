"""The codes that let people in. A delegate's and a room's are made from the server's key, so that a
lost sheet is printed again while the database keeps nothing that opens the hall; the stewards' are
drawn at random and shown once.
"""

import base64
import hmac

from django.conf import settings

from danchu.kernel.codes import digest, marked_code, read_marked

MARK = "HN"  # of the shared code of a conference: HN-7QK4-M2ZD
LETTERS = 10  # 50 bits; whoever guesses is stopped after a few dozen tries an hour
_CROCKFORD = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)


def _keyed(text, purpose):
    return hmac.digest(
        settings.SECRET_KEY.encode(), f"danchu hall {purpose} {text}".encode(), "sha256"
    )


def personal_code(uid, issue):
    """ABCDE-FGHJK: the code of a delegate, by his uid; another one for each issue."""
    drawn = (
        base64.b32encode(_keyed(f"{uid} {issue}", "delegate")[:10])
        .translate(_CROCKFORD)
        .decode()[:LETTERS]
    )
    return f"{drawn[:5]}-{drawn[5:]}"


def room_code(conference_uid, point_pk, issue):
    """The code of a room's desk."""
    return personal_code(f"{conference_uid} {point_pk}", issue)


def pass_digest(secret):
    """What is kept of a code as typed: small letters, blanks and O for 0 are understood.
    Without the server's key it tells nothing.
    """
    return _keyed(digest(secret), "pass").hex()


def new_shared_code():
    return marked_code(MARK)


def read_shared(text):
    """A shared code as typed, in the form it is kept; "" when it is none."""
    return read_marked(text, (MARK,))
