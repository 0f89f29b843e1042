"""Registering for a conference with its shared code.

The shared code is typed into a form; the personal code stands only in the answer to the
registration.
"""

import secrets
from uuid import uuid4

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from danchu.casework.access.rate_limits import limit_rate
from danchu.conference.access.participants import set_token_cookie
from danchu.conference.actions.passes import enter_hall
from danchu.conference.models import Delegate
from danchu.conference.public.conferences import (
    places_left,
    public_conferences,
    takes_registrations,
)
from danchu.conference.queues.registration import register as register_together
from danchu.conference.words import DelegateState, Entry
from danchu.kernel.days import day_of
from danchu.kernel.refusals import Denied, Refused
from danchu.look.askers import asker_of
from danchu.look.pages import page
from danchu.look.qr import qr_svg
from danchu.people.actor import Actor
from danchu.portal.registration_form import RegistrationForm
from danchu.units.names import name_of


@never_cache
def register(request, pk):
    """A place, or one on the waiting list, for who has the shared code; the code he comes in by
    is in this answer alone.
    """
    found = get_object_or_404(public_conferences(), pk=pk)
    if not takes_registrations(found):
        raise Http404
    form = RegistrationForm(found, request.POST or None, initial={"uid": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            limit_rate("hall_register", asker_of(request))
            made, code = register_together(found, by=Actor.public(), **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        except Denied as denied:
            form.add_error("code", _wrong_code(request) or denied.message)
        else:
            return _registered(request, found, made, code)
    return registering(request, found, form)


def _wrong_code(request):
    """A wrong try is counted against the asker; what to say when there were too many."""
    try:
        limit_rate("hall", asker_of(request))
    except Refused as refusal:
        return refusal.message
    return ""


def registering(request, found, form=None, code=""):
    """The form, also as the answer of the door to a shared code: the code goes on in the body
    of the page.
    """
    form = form or RegistrationForm(found, initial={"uid": uuid4(), "code": code})
    answer = page(
        request,
        "portal/register.html",
        status=400 if form.errors else 200,
        it=found,
        form=form,
        left=places_left(found),
        where=name_of(found.unit_id, day_of(found.starts_at)),
    )
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


def _registered(request, found, made, code):
    """Has a place: his code to print or keep, and, where whoever has the shared code comes in,
    the device is let in at once.
    """
    row = Delegate.objects.select_related("pass_in__conference", "point").get(pk=made.pk)
    has_place = row.state == DelegateState.REGISTERED
    held = None
    if has_place and found.entry == Entry.OPEN:
        try:
            held = enter_hall(row.pass_in, by=Actor.public(), device=secrets.token_hex(8))
        except Refused:  # the form was sent again from elsewhere: the pass has its device already
            held = None
    address = request.build_absolute_uri(reverse("enter_by", args=[code]))
    answer = page(
        request,
        "portal/registered.html",
        it=found,
        row=row,
        code=code,
        has_place=has_place,
        is_in=held is not None,
        qr=qr_svg(address),
        door=request.build_absolute_uri(reverse("enter")),
        where=name_of(found.unit_id, day_of(found.starts_at)),
    )
    answer.headers["Referrer-Policy"] = "strict-origin"
    answer.headers["Cache-Control"] = "private, no-store"
    return set_token_cookie(answer, held) if held is not None else answer
