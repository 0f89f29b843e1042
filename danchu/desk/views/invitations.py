"""Invitations by e-mail, SMS or Zalo: the page says how many would be sent, then they are sent."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.conference.actions.inviting import send_invitations
from danchu.conference.rules import ANNOUNCED
from danchu.conference.sections.delegates import CHOICES, delegate_filters
from danchu.conference.words import DelegateState, LetterState
from danchu.conference.writes.letters import to_invite, without_contact
from danchu.desk.guard import official
from danchu.desk.views.delegates import hall_address
from danchu.desk.views.programme import conference_to_prepare
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.look.pages import page


@official
@never_cache
def invitations(request, pk):
    """How many of the chosen delegates would be written to and how many have no address; sent once
    that is confirmed.
    """
    conference = conference_to_prepare(request, pk)
    fault = ""
    query = request.POST if request.method == "POST" else request.GET
    filters = delegate_filters(conference, query)
    rows = filters.qs
    if request.method == "POST":
        try:
            number = send_invitations(
                conference, by=request.actor, entry_url=hall_address(request), delegates=rows
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
        record=conference,
        fault=fault,
        may_send=conference.state in ANNOUNCED,
        chosen=_words_of_choices(filters.form, query),
        choices=[(name, query.get(name, "")) for name in CHOICES if query.get(name)],
        number=to_invite(rows).count(),
        without=without_contact(rows).count(),
    )


def _words_of_choices(form, query):
    """The choices in words, separated by commas."""
    words = {
        "point": dict(form.fields["point"].choices),
        "state": dict(DelegateState.choices),
        "letter": dict(LetterState.choices),
        "entitled": {"1": _("được biểu quyết"), "0": _("không biểu quyết")},
    }
    return ", ".join(
        str(words[name][query.get(name)]) for name in CHOICES if query.get(name) in words[name]
    )
