"""Notices to the sender of a petition, where they left an address: its code and state, never its
subject.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.casework.natures import Nature
from danchu.notices.actions import tell_person
from danchu.notices.models import Channel
from danchu.obligations.clock import LAW

# Internal steps, of which the sender gets no notice.
INTERNAL_ACTS = ("classify", "notify", "verify", "reply")


def tell_sender(petition, act):
    """Queue a notice for the first petitioner and the representatives. Denouncers are never
    written to: they look up the state with their code.
    """
    if petition.nature == Nature.DENUNCIATION or act in INTERNAL_ACTS:
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
