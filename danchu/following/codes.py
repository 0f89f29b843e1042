"""The codes in the addresses of a confirmation and of a follower's own page: derived from the
server's key, stored nowhere, so that the database alone opens nothing.
"""

import hmac
from uuid import UUID

from django.conf import settings

CONFIRM = "confirm"
OWN_PAGE = "own page"
_LENGTH = 64  # 32 digits of the uid, 128 bits of the keyed digest


def code_of(purpose: str, uid: UUID) -> str:
    """The code, in hex."""
    return uid.hex + _digest(purpose, uid)


def uid_of(purpose: str, code: str) -> UUID | None:
    """The uid that a code is of; None where it is not a code for this purpose."""
    if len(code) != _LENGTH or not code.isascii():
        return None
    try:
        uid = UUID(hex=code[:32])
    except ValueError:
        return None
    return uid if hmac.compare_digest(code_of(purpose, uid), code) else None


def _digest(purpose, uid):
    words = f"danchu following {purpose} {uid}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), words, "sha256").hex()[:32]
