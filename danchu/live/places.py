"""Where the devices of a hall find its hubs and its intake, and what a page of the hall may
speak to.
"""

from urllib.parse import urlsplit

from django.conf import settings

from danchu.look.middleware import content_policy


def _origin(request, told, port):
    """The origin that was set, else the page's own host on another port."""
    if told:
        return told
    host = request.get_host()
    host = host.rsplit(":", 1)[0] if host.rpartition(":")[2].isdecimal() else host
    return f"{'https' if settings.LIVE_TLS else 'http'}://{host}:{port}"


def stream_origin(request):
    return _origin(request, settings.LIVE_ORIGIN, settings.LIVE_PORT)


def intake_origin(request):
    return _origin(request, settings.INTAKE_ORIGIN, settings.INTAKE_PORT)


def stream_url(request, conference):
    """Where a device listens."""
    return f"{stream_origin(request)}/hall/{conference.pk}/stream"


def intake_url(request, conference):
    """Where a device sends: the act's name follows."""
    return f"{intake_origin(request)}/hall/{conference.pk}/"


def hall_page(response, request, conference):
    """The response, allowed to speak to the hall's processes and to show the conference's video
    when that is to be embedded.
    """
    policy = [
        content_policy(),
        f"connect-src 'self' {stream_origin(request)} {intake_origin(request)}",
    ]
    if conference.video_embedded and conference.video:
        place = urlsplit(conference.video)
        policy.append(f"frame-src {place.scheme}://{place.netloc}")
    response.headers["Content-Security-Policy"] = "; ".join(policy)
    return response
