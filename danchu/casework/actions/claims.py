"""Taking a case on: for a while the others are told that somebody works on it."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.actions.steps import NO_RIGHT
from danchu.casework.models import Petition
from danchu.casework.models.petitions import CLAIMED
from danchu.casework.moves import FILE, FINAL
from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require


@transaction.atomic
def claim_petition(petition, *, by, take_over=False):
    """Take it on for eight hours. Refused when another has it, unless knowingly taken over."""
    require(by.account_id is not None and by.may("draft", FILE, petition.unit_id), NO_RIGHT)
    # Who has it is read after the row is held: a joined row would be the one from before the wait.
    found = Petition.objects.select_for_update().get(pk=petition.pk)
    if found.state in FINAL:
        raise Refused(_("Đơn này đã kết thúc, không cần nhận xử lý."))
    if found.is_taken_from(by.account_id) and not take_over:
        raise Refused(_("Đơn này đang do %s nhận xử lý.") % found.claimed_by.name)
    found.claimed_by_id, found.claimed_until = by.account_id, now() + CLAIMED
    found.save(update_fields=["claimed_by", "claimed_until"])
    record(by, "petition.claimed", found, unit=found.unit_id, taken_over=bool(take_over))
    return found


@transaction.atomic
def release_petition(petition, *, by):
    """Leave it to the others again."""
    require(by.account_id is not None and by.may("draft", FILE, petition.unit_id), NO_RIGHT)
    found = Petition.objects.select_for_update().get(pk=petition.pk)
    if found.claimed_by_id != by.account_id:
        raise Refused(_("Đơn này không do ông/bà nhận."))
    found.claimed_by_id = found.claimed_until = None
    found.save(update_fields=["claimed_by", "claimed_until"])
    record(by, "petition.released", found, unit=found.unit_id)
    return found
