"""Acts on the secrets of an installation: its secret key is noted by a fingerprint, and secrets of
the second factor are encrypted.
"""

from allauth.mfa.models import Authenticator
from django.db import transaction

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import require
from danchu.people.factor_key import SECRETS, encrypt, is_encrypted
from danchu.people.models import SecretFingerprint
from danchu.people.secret_key import fingerprint


@transaction.atomic
def note_secret_key(*, by: Acting, anew: bool = False) -> bool:
    """Note the fingerprint of the secret key where none is noted, or `anew`, as after the key was
    lost. Returns whether it was written. Denied without the right to appoint everywhere.
    """
    require(by.may("appoint", "office", None))
    row = SecretFingerprint.objects.select_for_update().filter(pk=1).first()
    if row is not None and (row.digest == fingerprint() or not anew):
        return False
    SecretFingerprint(pk=1, digest=fingerprint()).save()
    record(by, "installation.secret_key_noted", anew=row is not None)
    return True


@transaction.atomic
def encrypt_earlier_factors(*, by: Acting) -> int:
    """Encrypt the secrets of the second factor that an earlier version stored in the clear. Returns
    how many accounts' factors. Idempotent. Denied without the right to appoint everywhere.
    """
    require(by.may("appoint", "office", None))
    number = 0
    for factor in Authenticator.objects.select_for_update().order_by("pk"):
        clear = {
            name: encrypt(factor.data[name])
            for name in SECRETS
            if name in factor.data and not is_encrypted(factor.data[name])
        }
        if clear:
            factor.data = {**factor.data, **clear}
            factor.save(update_fields=["data"])
            number += 1
    if number:
        record(by, "account.second_factors_encrypted", number=number)
    return number
