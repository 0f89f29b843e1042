"""Invitations by e-mail, SMS or Zalo: whom a press would reach is said first, then it is
pressed.
"""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.conference.actions.inviting import send_invitations
from danchu.conference.rules import ANNOUNCED
from danchu.conference.words import DelegateState, LetterState
from danchu.conference.writes.letters import to_invite, without_contact
from danchu.desk.guard import official
from danchu.desk.views.delegates import among_delegates, door_of, points_of
from danchu.desk.views.programme import prepared
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.look.pages import page

CHOICES = ("point", "state", "entitled", "letter")


@official
@never_cache
def invitations(request, pk):
    """How many of the delegates chosen are written to, how many have no address; sent once that
    is confirmed.
    """
    found = prepared(request, pk)
    fault = ""
    asked = request.POST if request.method == "POST" else request.GET
    rows = among_delegates(found, asked)
    if request.method == "POST":
        try:
            number = send_invitations(
                found, by=request.actor, entry_url=door_of(request), delegates=rows
            )
        except Refused as refusal:
            fault = refusal.message
        else:
            messages.success(
                request,
                _("Đã xếp %s thư mời chờ gửi.") % show_number(number)
                if number
                else _("Không còn ai cần gửi."),
            )
            return redirect("desk_delegates", pk=pk)
    return page(
        request,
        "desk/invitations.html",
        status=400 if fault else 200,
        it=found,
        fault=fault,
        told=found.state in ANNOUNCED,
        chosen=_chosen(found, asked),
        kept=[(name, asked.get(name, "")) for name in CHOICES if asked.get(name)],
        number=to_invite(rows).count(),
        without=without_contact(rows).count(),
    )


def _chosen(conference, asked):
    """The choices in words."""
    known = {
        "point": dict(points_of(conference)),
        "state": dict(DelegateState.choices),
        "letter": dict(LetterState.choices),
        "entitled": {"1": _("được biểu quyết"), "0": _("không biểu quyết")},
    }
    return ", ".join(
        str(known[name][asked.get(name)]) for name in CHOICES if asked.get(name) in known[name]
    )
