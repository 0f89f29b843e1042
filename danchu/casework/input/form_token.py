"""Idempotency token of the form of a petition or a booking: a retry within 30 minutes returns the
same row and secret.

The server draws the token for each form, and only the browser of the sender has it. Its digest is
stored; the secret is derived from it under the key of the installation, so that a response that was
lost (a phone without network, a server that was killed) can be repeated to the sender.
"""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.db import connection

from danchu.casework.models import Petition
from danchu.kernel.codes import derived_secret, matches
from danchu.kernel.days import now

# How long the secret is repeated: a browser left open in a public room does not show it later.
RETRY_TIME = timedelta(minutes=30)


def sent_key(token):
    """The digest of the token that is stored; None without a token."""
    return hashlib.sha256(f"danchu form {token}".encode()).hexdigest() if token else None


def secret_of(token):
    """The secret derived from the token; "" without a token."""
    return (
        derived_secret(
            hmac.new(
                settings.SECRET_KEY.encode(), f"danchu secret {token}".encode(), "sha256"
            ).digest()
        )
        if token
        else ""
    )


def lock_token(token):
    """Take an advisory lock on the token until the transaction ends: concurrent requests with the
    same form wait.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [sent_key(token)])


def earlier_submission(token, model=Petition):
    """(petition, secret) of a form that was received within RETRY_TIME, or (row, secret) of another
    model; None otherwise.
    """
    row = model.objects.filter(sent_key=sent_key(token)).first() if token else None
    secret = secret_of(token)
    is_recent = row is not None and abs(now() - row.made_at) <= RETRY_TIME
    return (row, secret) if is_recent and matches(secret, row.secret) else None
