"""What all pages of the hall share: who the visitor is, the state of the hall, and the response
with the words and addresses that its script needs.
"""

import secrets
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from danchu.conference.access.participants import Participant, participant
from danchu.conference.access.tokens import PUBLIC, cookie_name, read_token, write_token
from danchu.conference.models import Conference, HallState
from danchu.conference.queries.hall_state import hall_state
from danchu.conference.rules import may_see
from danchu.conference.words import Role, State
from danchu.kernel.days import now
from danchu.live.places import intake_url, stream_url, with_hall_policy
from danchu.live.view_model.hall import hall_view
from danchu.live.wording import sentences, words
from danchu.look.pages import page

# {role of a pass: URL name of its page}
PAGES = {
    Role.DELEGATE: "hall",
    Role.ROOM: "hall_room",
    Role.CHAIR: "hall_chair",
    Role.MODERATOR: "hall_questions",
    Role.SPEAKER: "hall_speaker",
    Role.PROJECTOR: "hall_screen",
}


@dataclass(frozen=True)
class Visitor:
    """Who a request in a hall comes from: `participant` holds a pass, or is None."""

    conference: Conference
    participant: Participant | None

    @property
    def role(self):
        return self.participant.role if self.participant else PUBLIC


def visitor_of(request, pk):
    """The Visitor of the conference with this id. Raises Http404 if there is none, or if it is not
    convened yet and the request has neither a pass nor the right to see it.
    """
    conference = get_object_or_404(Conference, pk=pk)
    holder = participant(request, conference)
    is_hidden = conference.state == State.DRAFTED and holder is None
    if is_hidden and not may_see(request.actor, conference):
        raise Http404
    return Visitor(conference, holder)


def state_of(conference):
    """(number of the last frame, state) of a hall: while it is open the published state, one row;
    otherwise the state read from the tables.
    """
    published = HallState.objects.filter(conference=conference).first()
    if published and conference.state == State.OPEN:
        return published.v, published.state
    return published.v if published else 0, hall_state(conference)


def hall_page(
    request, visitor, template, *, status=200, mine=None, state=None, view="auto", **more
):
    """The response of a page of the hall. `mine` is that of mine.py, `state` (number, state) if not
    that of `state_of`, `view` the scene of a projector, `more` values of the template. Sets a
    public token if the device has no pass.
    """
    conference = visitor.conference
    v, current_state = state or state_of(conference)
    at = now().timestamp()
    names = words()
    response = page(
        request,
        template,
        status=status,
        conference=conference,
        who=visitor.participant,
        v=v,
        now=at,
        hall=hall_view(current_state, mine, view, names),
        mine=mine,
        view=view,
        words=names | sentences(),
        stream=stream_url(request, conference),
        intake=intake_url(request, conference),
        here=reverse("hall", args=[conference.pk]),
        pass_in=visitor.participant.pass_in if visitor.participant else 0,
        **more,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return _with_public_token(with_hall_policy(response, request, conference), request, visitor)


def _with_public_token(response, request, visitor):
    """Whoever may read the page may receive its frames: without a pass, by a token that gives no
    other right.
    """
    if visitor.participant is not None:
        return response
    name = cookie_name(visitor.conference.pk)
    current = read_token(request.COOKIES.get(name, ""))
    if current is None or current.role != PUBLIC or current.until - now().timestamp() < 3600:
        token = write_token(visitor.conference.pk, 0, PUBLIC, 0, secrets.token_hex(8))
        response.set_cookie(
            name,
            token,
            max_age=24 * 3600,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response
