"""The code of an invitation: derived from the server's key, stored nowhere, so that a letter can be
written again from what the database holds, and the database alone opens nothing.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from danchu.kernel.codes import derived_letters, digest

# How long a code is valid: a letter by mail lies in a mailbox, a printed one is carried.
VALID = {
    "mail": timedelta(days=3),
    "sms": timedelta(days=3),
    "letter": timedelta(days=14),
}
SET_UP_VALID = timedelta(minutes=30)


def invitation_code(uid: UUID, issue: int) -> str:
    """The code, of 95 bits, in groups of four letters."""
    letters = "".join(
        derived_letters(_keyed(f"{uid} {issue} {part}"), 10) for part in ("first", "second")
    )
    return "-".join(letters[start : start + 4] for start in range(0, 20, 4))


def mail_code(instant: datetime) -> str:
    """The code in the test letter that was sent at the instant."""
    return derived_letters(_keyed(f"mail {instant.isoformat()}"), 6)


def sms_code(instant: datetime) -> str:
    """The code in the test message that was sent at the instant."""
    return derived_letters(_keyed(f"sms {instant.isoformat()}"), 6)


def stored_digest(secret: object) -> str:
    """The keyed digest of a code as typed, in hex."""
    return _keyed(f"code {digest(secret)}").hex()


def new_set_up_secret() -> str:
    """The random part of the address of the set-up page."""
    return secrets.token_urlsafe(24)


def digest_of_secret(secret: str) -> str:
    """The keyed digest of a secret whose letters count as they are, in hex."""
    return _keyed(f"secret {secret}").hex()


def _keyed(words: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"danchu staff {words}".encode(), "sha256")
