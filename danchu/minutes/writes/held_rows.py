"""Rows as they are now, held until the transaction ends: what an act begins with."""

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.minutes.models import Commitment, Minutes, MinutesState
from danchu.minutes.moves import MOVES


def held_minutes(minutes, state=MinutesState.DRAFTED):
    """The minutes, held; Refused unless in the state."""
    # What may be set while we wait for the row is read after it is held: joined, it would be as it
    # was before.
    rows = Minutes.objects.select_related("unit", "body").select_for_update(of=("self",))
    found = rows.filter(pk=minutes.pk).first()
    if found is None or found.state != state:
        told = {
            MinutesState.DRAFTED: _(
                "Chỉ làm được với biên bản đang soạn. Biên bản đã duyệt thì đính chính."
            ),
            MinutesState.APPROVED: _("Chỉ đính chính được bản đang có hiệu lực."),
        }
        raise Refused(told[state])
    return found


def held_commitment(commitment, act):
    """The promise, held; Refused unless the act may follow its state."""
    # What may be set while we wait for the row is read after it is held: joined, it would be as it
    # was before.
    rows = Commitment.objects.select_related("unit").select_for_update(of=("self",))
    found = rows.filter(pk=commitment.pk).first()
    if found is None or found.state not in MOVES[act].sources:
        raise Refused(
            _("Cam kết này đang ở bước khác, có thể người khác vừa làm. Hãy tải lại trang để xem.")
        )
    return found
