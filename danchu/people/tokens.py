"""Looks up the account of an API token."""

import hashlib

from danchu.kernel.days import today
from danchu.people.models import Token


def account_of(secret):
    """The account whose token this secret is, valid today; None without one."""
    alive = Token.objects.filter(
        digest=digest_of(secret), revoked_at=None, until__gt=today(), account__is_active=True
    )
    token = alive.select_related("account").first()
    return token and token.account


def digest_of(secret):
    """The SHA-256 of a secret, in hex: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
