"""What the sender of a petition is told, where he left a way to tell him: the code and the
state, never what it is about.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.casework.natures import Nature
from danchu.notices.actions import tell_person
from danchu.notices.models import Channel
from danchu.obligations.clock import LAW

# Work within the office is no news to the sender.
QUIET = ("classify", "notify", "verify", "reply")


def tell_sender(petition, act):
    """Let a notice wait for the first petitioner and the representatives. A denouncer is never
    written to: he follows with his code.
    """
    if petition.nature == Nature.DENUNCIATION or act in QUIET:
        return
    text = _("Đơn %(code)s: %(state)s. Tra cứu bằng mã đơn và mã bí mật trên cổng tiếp nhận.") % {
        "code": petition.code,
        "state": petition.get_state_display(),
    }
    for person in (
        petition.petitioners.filter(Q(order=0) | Q(is_representative=True))
        .exclude(notify_by="")
        .order_by("order")
    ):
        tell_person(
            person.notify_by,
            person.email if person.notify_by == Channel.EMAIL else person.phone,
            text,
            by=LAW,
        )
