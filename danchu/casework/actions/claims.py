"""Claims: for some hours other officials see who is working on a petition."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.lives import FILE_LIFE
from danchu.casework.models import Petition
from danchu.casework.models.petitions import CLAIMED
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused


@transaction.atomic
def claim_petition(petition: Petition, *, by: Acting, take_over: bool = False) -> Petition:
    """Claim the petition for eight hours. Refused when another official has claimed it, unless
    `take_over`; Denied without the right or an account.
    """
    FILE_LIFE.require(by, "claim", petition)
    # `claimed_by` is not joined: a joined row is read before the lock is granted and may be stale.
    petition = FILE_LIFE.hold(petition, "claim")
    if petition.is_taken_from(by.account_id) and not take_over:
        raise Refused(_("Đơn này đang do %s nhận xử lý.") % petition.claimed_by.name)
    petition.claimed_by_id = by.account_id
    petition.claimed_until = now() + CLAIMED
    petition.save(update_fields=["claimed_by", "claimed_until"])
    record(by, "petition.claimed", petition, unit=petition.unit_id, taken_over=bool(take_over))
    return petition


@transaction.atomic
def release_petition(petition: Petition, *, by: Acting) -> Petition:
    """End one's own claim. Refused where the actor has none; Denied without the right."""
    FILE_LIFE.require(by, "release", petition)
    petition = Petition.objects.select_for_update().get(pk=petition.pk)
    if petition.claimed_by_id != by.account_id:
        raise Refused(_("Đơn này không do ông/bà nhận."))
    petition.claimed_by_id = petition.claimed_until = None
    petition.save(update_fields=["claimed_by", "claimed_until"])
    record(by, "petition.released", petition, unit=petition.unit_id)
    return petition
