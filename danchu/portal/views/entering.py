"""The door of a hall: a code typed in, or the link of an invitation, becomes the token that the
device keeps.
"""

import secrets

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.casework.access.rate_limits import limit_rate
from danchu.conference.access.codes import pass_digest, read_shared
from danchu.conference.access.participants import participant, set_token_cookie
from danchu.conference.actions.passes import enter_hall
from danchu.conference.models import Pass
from danchu.conference.public.conferences import public_conferences, takes_registrations
from danchu.kernel.refusals import Denied, Refused
from danchu.look.askers import asker_of
from danchu.look.pages import page
from danchu.people.actor import Actor
from danchu.portal.views.conferences import registering


@never_cache
def enter(request, code=""):
    """Opening the link does nothing yet: a preview of it uses no pass. Only the button binds
    the device, and no code stays in an address.
    """
    if request.method != "POST":
        return _page(request, code[:40])
    code = request.POST.get("code", "")[:40]
    try:
        if read_shared(code):
            return _of_everyone(request, code)
        found = _pass_of(request, code)
        who = participant(request, found.conference)
        device = who.device if who and who.pass_in == found.pk else secrets.token_hex(8)
        found = enter_hall(found, by=Actor.public(), device=device)
    except (Refused, Denied) as no:
        return _page(request, code, no.message)
    return set_token_cookie(redirect("hall", pk=found.conference_id), found)


def _page(request, code, fault=""):
    answer = page(
        request, "portal/enter.html", status=400 if fault else 200, code=code, fault=fault
    )
    # without its path, which may be a code; not "no-referrer": then a browser names no origin for
    # the form, and it is taken for forged
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


def _of_everyone(request, code):
    """The form by which whoever has the shared code of a conference gets a place; a wrong try
    is counted against the asker.
    """
    found = public_conferences().filter(entry_code=read_shared(code)).first()
    if found is None:
        limit_rate("hall", asker_of(request))
        raise Refused(_("Mã hội nghị chưa đúng. Hãy gõ lại như trên giấy mời chung."))
    if not takes_registrations(found):
        raise Refused(_("Hội nghị này không còn nhận đăng ký. Nếu đã có mã riêng, hãy gõ mã ấy."))
    return registering(request, found, code=code)


def _pass_of(request, code):
    """The pass of a code; a wrong try is counted against the asker."""
    found = (
        Pass.objects.select_related("conference")
        .filter(secret=pass_digest(code), withdrawn_at=None)
        .first()
    )
    if found is None:
        limit_rate("hall", asker_of(request))
        raise Refused(_("Mã chưa đúng. Hãy gõ lại như trên giấy mời; không cần gạch nối."))
    return found
