"""The actor behind a request in a hall: the holder of a pass.

    actor = participant(request, conference)  # Participant or None; one query
    some_act(conference, by=actor)

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
    """The holder of a pass in one conference; all but the names are ids. They have no rights
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
        """No right of an office."""
        return False

    def scope(self, verb, kind):
        """No unit."""
        return frozenset()


def participant_from_pass(hall_pass, device=""):
    """The Participant of a Pass. The journal records the pass and the role, never a name."""
    point = hall_pass.point_id or (hall_pass.delegate.point_id if hall_pass.delegate_id else None)
    role = Role(hall_pass.role)
    return Participant(
        f"pass:{hall_pass.pk}",
        str(role.label),
        hall_pass.conference_id,
        hall_pass.pk,
        role,
        device,
        point,
        hall_pass.delegate_id,
    )


def participant(request, conference):
    """The Participant of this request's device in the conference; None without a pass, or when the
    pass was revoked, the device released or the pass bound to another device. One query.
    """
    token = read_token(request.COOKIES.get(cookie_name(conference.pk), ""))
    if token is None or token.conference != conference.pk:
        return None
    revoked = Exists(
        RevokedDevice.objects.filter(device=token.device, conference=OuterRef("conference"))
    )
    hall_pass = (
        Pass.objects.select_related("delegate")
        .filter(~revoked, pk=token.pass_in, conference=conference, withdrawn_at=None)
        .first()
    )
    if hall_pass is None or hall_pass.device != token.device:
        return None
    return participant_from_pass(hall_pass, token.device)


def set_token_cookie(response, hall_pass):
    """Set the token of the pass that `enter_hall` returned as a cookie: HttpOnly, valid until a day
    after the planned end of the conference.
    """
    conference = hall_pass.conference
    left = (conference.starts_at - now()).total_seconds() + conference.planned_minutes * 60
    seconds = int(max(left, 0)) + DAY
    subject = hall_pass.delegate_id or hall_pass.point_id or 0
    token = write_token(
        conference.pk, hall_pass.pk, hall_pass.role, subject, hall_pass.device, seconds
    )
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
