"""Whose token it is that a program says at the API."""

import hashlib

from danchu.kernel.days import today
from danchu.people.models import Token


def account_of(secret):
    """The account a secret opens today, or None."""
    alive = Token.objects.filter(
        digest=digest_of(secret), revoked_at=None, until__gt=today(), account__is_active=True
    )
    token = alive.select_related("account").first()
    return token and token.account


def digest_of(secret):
    """What is kept of a secret: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
