"""A form that is sent twice is one petition: the token of the form finds it again, and with it the
secret that was told.

The token is drawn by the server for each form and known to the sender's browser alone. Only its
digest is kept; the secret is made of it under the key of the installation, so that an answer lost
on the way (a phone that lost its line, a server that was killed) can be told once more, to the one
who sent, for a short while.
"""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.db import connection

from danchu.casework.models import Petition
from danchu.kernel.codes import derived_secret, matches
from danchu.kernel.days import now

# How long what was lost is told again. A browser left open in a public room tells nothing later.
AGAIN = timedelta(minutes=30)


def sent_key(token):
    """What is kept of a form's token; None where there is none."""
    return hashlib.sha256(f"danchu form {token}".encode()).hexdigest() if token else None


def secret_of(token):
    """The secret of the petition that comes with this token; "" where there is none."""
    return (
        derived_secret(
            hmac.new(
                settings.SECRET_KEY.encode(), f"danchu secret {token}".encode(), "sha256"
            ).digest()
        )
        if token
        else ""
    )


def hold(token):
    """Let whoever sends the same form at the same time wait until this transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [sent_key(token)])


def received_before(token):
    """(petition, secret) of a form that was received a short while ago; None else."""
    found = Petition.objects.filter(sent_key=sent_key(token)).first() if token else None
    told = secret_of(token)
    lately = found is not None and abs(now() - found.made_at) <= AGAIN
    return (found, told) if lately and matches(told, found.secret) else None
