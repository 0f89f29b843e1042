"""Letters of invitation that are printed together: which wait, and the page with their codes."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.desk.guard import official
from danchu.kernel.addresses import uid_in
from danchu.kernel.refusals import Refused, require
from danchu.look.once import note_done, sent_once
from danchu.look.pages import page
from danchu.people.offices_held import office_name
from danchu.staff.actions import print_letters
from danchu.staff.first import may_invite
from danchu.staff.models import Invitation
from danchu.staff.sections.invitations import INVITATIONS, sheets_of
from danchu.staff.words import Channel
from danchu.units.names import names_of

MOST = 500


@official
@never_cache
def letters(request):
    """The invitations by letter that wait, all ticked; a press shows the letters of those that are
    ticked, with their codes, to be printed.
    """
    require(INVITATIONS.new.allows(request.actor), INVITATIONS.new.denied)
    return sent_once(request, lambda: _letters(request))


def _letters(request):
    rows, has_more = _waiting(request.actor)
    chosen = {uid_in(text) for text in request.POST.getlist("invitation")}
    fault = ""
    if request.method == "POST":
        try:
            letters_of_rows = print_letters(
                [row for row in rows if row.uid in chosen], by=request.actor
            )
        except Refused as refusal:
            fault = refusal.message
        else:
            note_done(request, reverse("desk_invitation_letters"))
            return page(request, "staff/letter.html", **sheets_of(letters_of_rows))
    names = names_of({(row.unit_id, row.since) for row in rows})
    return page(
        request,
        "staff/letters.html",
        status=400 if fault else 200,
        fault=fault,
        rows=[
            (
                row,
                office_name(row.office_kind),
                names[row.unit_id, row.since],
                _is_ticked(row, chosen),
            )
            for row in rows
        ],
        advice=_("Mỗi lần in nhiều nhất %s giấy mời, mới nhất trước.") % MOST if has_more else "",
    )


def _waiting(actor):
    """The latest MOST valid invitations by letter, of them those whose office the actor may give;
    and whether there are more.
    """
    rows = list(
        Invitation.objects.handled_by(actor)
        .valid()
        .filter(channel=Channel.LETTER)
        .select_related("office_kind", "unit")
        .order_by("-made_at", "-pk")[: MOST + 1]
    )
    waiting = [row for row in rows[:MOST] if may_invite(actor, row.office_kind, row.unit, row.pk)]
    return waiting, len(rows) > MOST


def _is_ticked(row, chosen):
    return not chosen or row.uid in chosen
