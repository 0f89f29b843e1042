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

from danchu.casework.access.rate_limits import TooOften, limit_rate, limit_wrong
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
from danchu.look.pages import page
from danchu.look.qr import qr_svg
from danchu.people.actor import Actor
from danchu.people.askers import asker_of
from danchu.portal.registration_form import RegistrationForm
from danchu.units.names import name_of


@never_cache
def register(request, pk):
    """Register with the shared code for a place or the waiting list. The personal code is shown in
    this response only.
    """
    conference = get_object_or_404(public_conferences(), pk=pk)
    if not takes_registrations(conference):
        raise Http404
    form = RegistrationForm(conference, request.POST or None, initial={"uid": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            limit_rate("hall_register", asker_of(request))
            with limit_wrong("hall", asker_of(request), Denied):
                delegate, code = register_together(conference, by=Actor.public(), **form.values())
        except TooOften:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        except Denied as denied:
            form.add_error("code", denied.message)
        else:
            return _registered_page(request, conference, delegate, code)
    return registering(request, conference, form)


def registering(request, conference, form=None, code=""):
    """The page of the form; also the response where the shared `code` was typed at the entrance,
    which the form then contains.
    """
    form = form or RegistrationForm(conference, initial={"uid": uuid4(), "code": code})
    answer = page(
        request,
        "portal/register.html",
        status=400 if form.errors else 200,
        record=conference,
        form=form,
        left=places_left(conference),
        where=name_of(conference.unit_id, day_of(conference.starts_at)),
    )
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


def _registered_page(request, conference, delegate, code):
    """The page with the personal code. In a conference that is open to whoever has the shared code,
    the device also enters the hall at once.
    """
    row = Delegate.objects.select_related("pass_in__conference", "point").get(pk=delegate.pk)
    has_place = row.state == DelegateState.REGISTERED
    entered = None
    if has_place and conference.entry == Entry.OPEN:
        try:
            entered = enter_hall(row.pass_in, by=Actor.public(), device=secrets.token_hex(8))
        except Refused:  # the form was sent again from elsewhere: the pass is bound to a device
            entered = None
    address = request.build_absolute_uri(reverse("enter_by", args=[code]))
    answer = page(
        request,
        "portal/registered.html",
        record=conference,
        row=row,
        code=code,
        has_place=has_place,
        is_in=entered is not None,
        qr=qr_svg(address),
        door=request.build_absolute_uri(reverse("enter")),
        where=name_of(conference.unit_id, day_of(conference.starts_at)),
    )
    answer.headers["Referrer-Policy"] = "strict-origin"
    answer.headers["Cache-Control"] = "private, no-store"
    return set_token_cookie(answer, entered) if entered is not None else answer
