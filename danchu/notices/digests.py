"""The daily mail of what waits: whom it is written to, and whether they want it. What it says is
counted by the desk.
"""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from danchu.notices.models import Digest, DigestRefusal
from danchu.people.models import Account, Holding


def to_be_written(on: date) -> QuerySet[Account]:
    """The accounts whose owners hold an office on the day, did not refuse the mail and were not
    written to on the day yet.
    """
    of_account = {"account": OuterRef("pk")}
    return Account.objects.filter(
        Exists(Holding.objects.in_force(on).filter(**of_account)),
        ~Exists(DigestRefusal.objects.filter(**of_account)),
        ~Exists(Digest.objects.filter(**of_account, on=on)),
        is_active=True,
    ).order_by("pk")


def wants_digest(account_id: int | None) -> bool:
    """Whether the owner of the account gets the daily mail."""
    return not DigestRefusal.objects.filter(account=account_id).exists()
