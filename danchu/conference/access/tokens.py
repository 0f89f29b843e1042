"""The token a device shows to the hall: signed, so that processes need no query to authenticate it.

It contains numbers only (conference, pass, role, subject, device), nothing personal. Tokens are
revoked by device.
"""

import base64
import hmac
import time
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings

DAY = 24 * 3600
PUBLIC = "public"  # the role of readers without a pass, who see the public state only


class Token(NamedTuple):
    """`subject` is the delegate's or bridge point's id, 0 for none; `until` seconds since 1970."""

    conference: int
    pass_in: int
    role: str
    subject: int
    device: str
    until: int


@lru_cache(maxsize=4)
def _key(secret):
    return hmac.digest(secret.encode(), b"danchu hall token", "sha256")


def _mark(body):
    mac = hmac.digest(_key(settings.SECRET_KEY), body.encode(), "sha256")[:24]
    return base64.urlsafe_b64encode(mac).decode()


def write_token(conference, pass_in, role, subject, device, seconds=DAY):
    """The signed token for the device's cookie, valid for `seconds`."""
    body = f"{conference}.{pass_in}.{role}.{subject}.{device}.{int(time.time()) + seconds}"
    return f"{body}.{_mark(body)}"


def read_token(text):
    """The Token; None when it was not signed here, was changed or has expired."""
    if len(text) > 200:
        return None
    body, dot, mark = text.rpartition(".")
    if not dot or not mark.isascii() or not hmac.compare_digest(mark, _mark(body)):
        return None
    conference, pass_in, role, subject, device, until = body.split(".")
    token = Token(int(conference), int(pass_in), role, int(subject), device, int(until))
    return token if token.until > time.time() else None


def cookie_name(conference):
    """The name of the cookie for one conference: a device may be in several."""
    return f"hall-{conference}"
