"""Who stands at a page of the hall, and the page he gets: the hall's state as it is told, the
words, where the long line goes.
"""

import secrets
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from danchu.conference.access.participants import participant
from danchu.conference.access.tokens import PUBLIC, cookie_name, read_token, write_token
from danchu.conference.models import Conference, HallState
from danchu.conference.queries.hall_state import hall_state
from danchu.conference.rules import may_see
from danchu.conference.words import Role, State
from danchu.kernel.days import now
from danchu.live.places import hall_page, intake_url, stream_url
from danchu.live.view_model.hall import hall_view
from danchu.live.wording import sentences, words
from danchu.look.pages import page

# Which page of the hall a pass leads to.
PAGES = {
    Role.DELEGATE: "hall",
    Role.ROOM: "hall_room",
    Role.CHAIR: "hall_chair",
    Role.MODERATOR: "hall_questions",
    Role.SPEAKER: "hall_speaker",
    Role.PROJECTOR: "hall_screen",
}


@dataclass(frozen=True)
class Guest:
    """A request in a hall: `who` holds a pass or is None."""

    conference: Conference
    who: object

    @property
    def role(self):
        return self.who.role if self.who else PUBLIC


def guest(request, pk):
    """The Guest of a conference that was convened; of one in preparation only for who holds a
    pass or may see it.
    """
    conference = get_object_or_404(Conference, pk=pk)
    who = participant(request, conference)
    if conference.state == State.DRAFTED and who is None and not may_see(request.actor, conference):
        raise Http404
    return Guest(conference, who)


def state_of(conference):
    """(number, state) of a hall. While it is open the state that was told last, one row; else
    as the tables stand.
    """
    held = HallState.objects.filter(conference=conference).first()
    if held and conference.state == State.OPEN:
        return held.v, held.state
    return held.v if held else 0, hall_state(conference)


def hall(request, met, template, *, status=200, mine=None, state=None, view="auto", **more):
    """A page of the hall with everything its script needs; the device gets a public token when
    it has no pass.
    """
    v, found = state or state_of(met.conference)
    at = now().timestamp()
    names = words()
    response = page(
        request,
        template,
        status=status,
        conference=met.conference,
        who=met.who,
        v=v,
        now=at,
        hall=hall_view(found, mine, view, names),
        mine=mine,
        view=view,
        words=names | sentences(),
        stream=stream_url(request, met.conference),
        intake=intake_url(request, met.conference),
        here=reverse("hall", args=[met.conference.pk]),
        pass_in=met.who.pass_in if met.who else 0,
        **more,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return _listening(hall_page(response, request, met.conference), request, met)


def _listening(response, request, met):
    """Whoever may read the page may hear what changes on it: without a pass, by a token that
    opens nothing else.
    """
    if met.who is not None:
        return response
    name = cookie_name(met.conference.pk)
    held = read_token(request.COOKIES.get(name, ""))
    if held is None or held.role != PUBLIC or held.until - now().timestamp() < 3600:
        token = write_token(met.conference.pk, 0, PUBLIC, 0, secrets.token_hex(8))
        response.set_cookie(
            name,
            token,
            max_age=24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response
