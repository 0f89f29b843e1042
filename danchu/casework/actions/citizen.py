"""What the sender does himself, with the code and the secret of his petition and no account."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.moves import MOVES, OF_CITIZEN
from danchu.casework.trail import advance, held
from danchu.journal.actions import record
from danchu.kernel.codes import matches
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require

MOST_REOPENED = 3


@transaction.atomic
def citizen_step(petition, act, *, by, secret, text=""):
    """Withdraw it, say that it is solved ("close") or that it is not ("reopen"); today."""
    require(act in OF_CITIZEN and matches(secret, petition.secret), _("Mã bí mật không đúng."))
    if (petition.nature, act) not in MOVES or act == "close" and petition.nature != "feedback":
        raise Refused(_("Không làm được việc này với đơn này."))
    found = held(petition, act)
    if act == "reopen" and found.reopened >= MOST_REOPENED:
        raise Refused(_("Đơn đã được mở lại %s lần. Hãy gửi đơn khiếu nại hoặc gặp người tiếp công dân.") % MOST_REOPENED)
    given = {"text": text or (_("Người gửi xác nhận đã được giải quyết.") if act == "close" else "")}
    advance(found, act, by, max(today(), found.moved_on), {**given, "is_solved": True} if act == "close" else given)
    record(by, f"petition.{act}_by_sender", found, unit=found.unit_id, state=found.state)
    return found
