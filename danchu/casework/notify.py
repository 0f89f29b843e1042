"""What the sender of a petition is told, where he left a way to tell him: the code and the state, never what it is about."""

from django.utils.translation import gettext as _

from danchu.casework.natures import Nature
from danchu.notices.actions import tell_person
from danchu.notices.models import Channel
from danchu.obligations.clock import LAW

# Work within the office is no news to the sender.
QUIET = ("classify", "notify", "verify", "reply")


def tell_sender(petition, act):
    """Let a notice wait for the first petitioner. A denouncer is never written to: he follows with his code."""
    if petition.nature == Nature.DENUNCIATION or act in QUIET:
        return
    person = petition.petitioners.order_by("order").first()
    if person is None or not person.notify_by:
        return
    target = person.email if person.notify_by == Channel.EMAIL else person.phone
    text = _("Đơn %(code)s: %(state)s. Tra cứu bằng mã đơn và mã bí mật trên cổng tiếp nhận.") % {
        "code": petition.code, "state": petition.get_state_display(),
    }  # fmt: skip
    tell_person(person.notify_by, target, text, by=LAW)
