"""The codes that admit people. Those of delegates and rooms are derived from the server's key, so
that a lost sheet can be printed again while the database stores nothing that opens the hall; those
of stewards are random and shown once.
"""

import base64
import hmac

from django.conf import settings

from danchu.kernel.codes import derived_letters, digest, new_prefixed_code, read_prefixed_code

MARK = "HN"  # of the shared code of a conference: HN-7QK4-M2ZD
LETTERS = 10  # 47 bits; an address has a few hundred wrong ones an hour, then none is looked up
# Of codes derived before kernel.codes left out what Vietnamese keyboards change.
_CROCKFORD = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)


def _keyed(text, purpose):
    return hmac.digest(
        settings.SECRET_KEY.encode(), f"danchu hall {purpose} {text}".encode(), "sha256"
    )


def personal_code(uid, issue, stored=""):
    """The code of a delegate, like BCFGH-JKMNP, derived from their uid and the issue. `stored` is
    the digest of the pass they have: one with letters of before keeps its code.
    """
    entropy = _keyed(f"{uid} {issue}", "delegate")
    code = _in_halves(derived_letters(entropy, LETTERS))
    earlier = _in_halves(base64.b32encode(entropy[:10]).translate(_CROCKFORD).decode()[:LETTERS])
    return earlier if stored and stored == pass_digest(earlier) else code


def _in_halves(letters):
    return f"{letters[:5]}-{letters[5:]}"


def room_code(conference_uid, point_pk, issue, stored=""):
    """The code of a room's desk, in the same form; `stored` as for `personal_code`."""
    return personal_code(f"{conference_uid} {point_pk}", issue, stored)


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
