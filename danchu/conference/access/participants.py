"""The actor behind a request in a hall: the holder of a pass, with no more than the acts ask of it.

    who = participant(request, conference)  # Participant or None; one query
    some_act(conference, by=who)

Acts take an official (Actor) or a Participant; `rules.py` decides what each may do.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef

from danchu.conference.access.tokens import DAY, cookie_name, read_token, write_token
from danchu.conference.models import Pass, RevokedDevice
from danchu.conference.words import Role
from danchu.kernel.days import now


@dataclass(frozen=True)
class Participant:
    """The holder of a pass in one conference; all but the names are ids. He has no right
    anywhere else.
    """

    key: str
    name: str
    conference: int
    pass_in: int
    role: str
    device: str = ""
    point: int | None = None
    delegate: int | None = None
    account_id: int | None = None
    is_public: bool = False

    def may(self, verb, kind, unit):
        return False

    def scope(self, verb, kind):
        return frozenset()


def participant_of(found, device=""):
    """The Participant of a Pass. The journal knows him by his pass and his part in the hall,
    never by name.
    """
    point = found.point_id or (found.delegate.point_id if found.delegate_id else None)
    role = Role(found.role)
    return Participant(
        f"pass:{found.pk}",
        str(role.label),
        found.conference_id,
        found.pk,
        role,
        device,
        point,
        found.delegate_id,
    )


def participant(request, conference):
    """Who this request's device is in the conference, or None: no pass, a pass taken back, a
    device released, another's pass.
    """
    token = read_token(request.COOKIES.get(cookie_name(conference.pk), ""))
    if token is None or token.conference != conference.pk:
        return None
    revoked = Exists(
        RevokedDevice.objects.filter(device=token.device, conference=OuterRef("conference"))
    )
    found = (
        Pass.objects.select_related("delegate")
        .filter(~revoked, pk=token.pass_in, conference=conference, withdrawn_at=None)
        .first()
    )
    if found is None or found.device != token.device:
        return None
    return participant_of(found, token.device)


def let_in(response, found):
    """Give the device the token of its pass, as `enter_hall` returned it: unreadable to script,
    until a day after the conference should have ended.
    """
    conference = found.conference
    left = (conference.starts_at - now()).total_seconds() + conference.planned_minutes * 60
    seconds = int(max(left, 0)) + DAY
    subject = found.delegate_id or found.point_id or 0
    token = write_token(conference.pk, found.pk, found.role, subject, found.device, seconds)
    response.set_cookie(
        cookie_name(conference.pk),
        token,
        max_age=seconds,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        domain=settings.LIVE_COOKIE_DOMAIN,
    )
    return response
