"""The entrance of a hall: exchanges a typed code or the link of an invitation for the token of a
device, which is set as a cookie.
"""

import secrets

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.casework.access.rate_limits import TooOften, limit_wrong
from danchu.conference.access.codes import pass_digest, read_shared
from danchu.conference.access.participants import participant, set_token_cookie
from danchu.conference.actions.passes import enter_hall
from danchu.conference.models import Pass
from danchu.conference.public.conferences import public_conferences, takes_registrations
from danchu.kernel.refusals import Denied, Refused
from danchu.look.pages import page
from danchu.people.actor import Actor
from danchu.people.askers import asker_of
from danchu.portal.views.conferences import registering


@never_cache
def enter(request, code=""):
    """Enter a hall by a code. Opening the link only shows the form, so that a link preview does not
    use the pass; the button (POST) binds the device.
    """
    if request.method != "POST":
        return _page(request, code[:40])
    code = request.POST.get("code", "")[:40]
    try:
        if read_shared(code):
            return _by_shared_code(request, code)
        pass_in = _pass_of(request, code)
        person = participant(request, pass_in.conference)
        is_same = person is not None and person.pass_in == pass_in.pk
        device = person.device if is_same else secrets.token_hex(8)
        pass_in = enter_hall(pass_in, by=Actor.public(), device=device)
    except TooOften:
        raise
    except (Refused, Denied) as refusal:
        return _page(request, code, refusal.message)
    return set_token_cookie(redirect("hall", pk=pass_in.conference_id), pass_in)


def _page(request, code, fault=""):
    answer = page(
        request, "portal/enter.html", status=400 if fault else 200, code=code, fault=fault
    )
    # Never send the path, which may contain a code. Not "no-referrer": browsers then send
    # "Origin: null" with the form, which fails the CSRF check.
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


def _by_shared_code(request, code):
    """The registration form of the conference with this shared code. Refused for a wrong code, and
    above the rate limit of wrong ones for any.
    """
    with limit_wrong("hall", asker_of(request), Refused):
        conference = public_conferences().filter(entry_code=read_shared(code)).first()
        if conference is None:
            raise Refused(_("Mã hội nghị chưa đúng. Hãy gõ lại như trên giấy mời chung."))
    if not takes_registrations(conference):
        raise Refused(_("Hội nghị này không còn nhận đăng ký. Nếu đã có mã riêng, hãy gõ mã ấy."))
    return registering(request, conference, code=code)


def _pass_of(request, code):
    """The Pass with this code. Refused for a wrong code, and above the rate limit of wrong ones for
    any.
    """
    with limit_wrong("hall", asker_of(request), Refused):
        pass_in = (
            Pass.objects.select_related("conference")
            .filter(secret=pass_digest(code), withdrawn_at=None)
            .first()
        )
        if pass_in is None:
            raise Refused(_("Mã chưa đúng. Hãy gõ lại như trên giấy mời; không cần gạch nối."))
    return pass_in
