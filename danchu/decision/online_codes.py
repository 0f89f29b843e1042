"""How a household is known on line: by the number of the household and a secret code on a card that
it gets, and by the full name of its representative and its permanent address as the roll has them.
"""

import hmac

from django.conf import settings

from danchu.decision.models import OnlinePoll, RollEntry
from danchu.kernel.codes import derived_secret, plain_letters
from danchu.kernel.text import typed_form

_PURPOSE = "danchu household online"


def secret_of(vote: object, entry: RollEntry) -> str:
    """The secret code of the household in the vote. It is stored nowhere."""
    text = f"{_PURPOSE} {vote.pk} {entry.pk}".encode()
    return derived_secret(hmac.digest(settings.SECRET_KEY.encode(), text, "sha256"))


def household_meant(
    poll: OnlinePoll, number: object, secret: object, name: object, address: object
) -> RollEntry | None:
    """The entry of the frozen roll that all four name; None where any does not fit, also where the
    roll has no name or no address for the household.
    """
    digits = str(number).strip()
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 5:
        return None
    rows = RollEntry.objects.filter(vote_id=poll.vote_id, household__number=int(digits))
    for entry in rows.select_related("household"):
        right = plain_letters(secret_of(poll.vote, entry))
        fits = hmac.compare_digest(right, plain_letters(secret))
        household = entry.household
        if fits and _same(name, household.representative) and _same(address, household.address):
            return entry
    return None


def masked(name: str) -> str:
    """A name as everybody may read it: the first letter of each word."""
    return " ".join(f"{word[0]}." for word in name.split())


def _same(typed: object, stored: str) -> bool:
    """Whether the typed text is the stored one; marks count where any were typed."""
    form = typed_form(typed)
    return bool(stored) and form(typed) == form(stored)
