"""Taking a case on: for a while the others are told that somebody works on it."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.lives import FILE_LIFE
from danchu.casework.models import Petition
from danchu.casework.models.petitions import CLAIMED
from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused


@transaction.atomic
def claim_petition(petition, *, by, take_over=False):
    """Take it on for eight hours. Refused when another has it, unless knowingly taken over."""
    FILE_LIFE.require(by, "claim", petition)
    # Who has it is read after the row is held: a joined row would be the one from before the wait.
    found = FILE_LIFE.hold(petition, "claim")
    if found.is_taken_from(by.account_id) and not take_over:
        raise Refused(_("Đơn này đang do %s nhận xử lý.") % found.claimed_by.name)
    found.claimed_by_id = by.account_id
    found.claimed_until = now() + CLAIMED
    found.save(update_fields=["claimed_by", "claimed_until"])
    record(by, "petition.claimed", found, unit=found.unit_id, taken_over=bool(take_over))
    return found


@transaction.atomic
def release_petition(petition, *, by):
    """Leave it to the others again."""
    FILE_LIFE.require(by, "release", petition)
    found = Petition.objects.select_for_update().get(pk=petition.pk)
    if found.claimed_by_id != by.account_id:
        raise Refused(_("Đơn này không do ông/bà nhận."))
    found.claimed_by_id = found.claimed_until = None
    found.save(update_fields=["claimed_by", "claimed_until"])
    record(by, "petition.released", found, unit=found.unit_id)
    return found
