"""The addresses at which devices reach the hubs and the intake, and the content security policy of
the hall's pages.
"""

from django.conf import settings

from danchu.conference.input.fields import video_origin
from danchu.look.middleware import content_policy

NOWHERE = "'none'"


def _origin(request, configured, port):
    """The configured origin, else the host of the page with another port."""
    if configured:
        return configured
    host = request.get_host()
    host = host.rsplit(":", 1)[0] if host.rpartition(":")[2].isdecimal() else host
    return f"{'https' if settings.LIVE_TLS else 'http'}://{host}:{port}"


def stream_origin(request):
    """The origin of the hubs."""
    return _origin(request, settings.LIVE_ORIGIN, settings.LIVE_PORT)


def intake_origin(request):
    """The origin of the intake."""
    return _origin(request, settings.INTAKE_ORIGIN, settings.INTAKE_PORT)


def stream_url(request, conference):
    """The address of a hall's stream of frames."""
    return f"{stream_origin(request)}/hall/{conference.pk}/stream"


def intake_url(request, conference):
    """The address of the intake for a hall; the name of an act follows it."""
    return f"{intake_origin(request)}/hall/{conference.pk}/"


def with_hall_policy(response, request, conference):
    """The response, its content policy extended by the origins of hubs and intake and, if it is
    embedded, of the conference's video.
    """
    policy = [
        content_policy(),
        f"connect-src 'self' {stream_origin(request)} {intake_origin(request)}",
    ]
    if conference.video_embedded and conference.video:
        policy.append(f"frame-src {video_origin(conference.video) or NOWHERE}")
    response.headers["Content-Security-Policy"] = "; ".join(policy)
    return response
