"""How a household is known on line: by the number of the household and a secret code on a card that
it gets, and by the full name of its representative and its permanent address as the roll has them.
"""

import hmac
from unicodedata import normalize

from django.conf import settings

from danchu.decision.models import HouseholdVote, OnlinePoll, RollEntry
from danchu.kernel.codes import derived_secret, digest
from danchu.kernel.text import typed_form
from danchu.subjects.prepared import prepared_rows

_PURPOSE = "danchu household online"
# (vote, number, village) → entries of the roll. Nearly all are of the village itself, where numbers
# have an index; others were of a village that it took in.
_ENTRIES = """
SELECT e.id, h.representative, h.address
FROM decision_household h JOIN decision_rollentry e ON e.household_id = h.id
WHERE e.vote_id = $1 AND h.number = $2
"""
_OF_VILLAGE = f"{_ENTRIES} AND h.unit_id = $3"
_OF_OTHERS = f"{_ENTRIES} AND h.unit_id <> $3 ORDER BY e.id"


def secret_of(vote: HouseholdVote, entry: RollEntry) -> str:
    """The secret code of the household in the vote. It is stored nowhere."""
    return _secret(vote.pk, entry.pk)


def _secret(vote: int, entry: int) -> str:
    text = f"{_PURPOSE} {vote} {entry}".encode()
    return derived_secret(hmac.digest(settings.SECRET_KEY.encode(), text, "sha256"))


def household_meant(
    poll: OnlinePoll, number: object, secret: object, name: object, address: object
) -> int | None:
    """The id of the entry of the frozen roll that all four name; None where any does not fit, also
    where the roll has no name or no address for the household.
    """
    digits = normalize("NFKC", str(number)).strip()
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 5:
        return None
    typed = digest(secret)
    for statement in (_OF_VILLAGE, _OF_OTHERS):
        rows = prepared_rows(statement, (poll.vote_id, int(digits), poll.vote.unit_id))
        for entry, representative, place in rows:
            fits = hmac.compare_digest(digest(_secret(poll.vote_id, entry)), typed)
            if fits and _same(name, representative) and _same(address, place):
                return entry
    return None


def masked(name: str) -> str:
    """A name as everybody may read it: the first letter of each word."""
    return " ".join(f"{word[0]}." for word in name.split())


def _same(typed: object, stored: str) -> bool:
    """Whether the typed text is the stored one; marks count where any were typed."""
    if not stored or typed == stored:
        return bool(stored)
    form = typed_form(typed)
    return form(typed) == form(stored)
