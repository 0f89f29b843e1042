"""What was typed survives a session that ended before the form was sent.

The answer to such a POST is a page that holds the typed values as hidden fields, a link to log in
from another window and a button that sends the same form again. Nothing is stored on the server or
in an address. A page cannot hold files, so it asks for them again.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

TOKEN = "csrfmiddlewaretoken"
# Log-in and second factor: what is typed there is never written into a page.
NEVER_ECHOED = "/accounts/"


def may_resend(request):
    """Whether the request is a form with typed values that may be written into a page."""
    if request.method != "POST" or NEVER_ECHOED in request.path_info:
        return False
    return bool(request.FILES) or any(value.strip() for _name, value in _typed_fields(request))


def is_from_this_site(request):
    """Whether the browser says that a page of this site sent the form, by the header Origin or,
    where there is none, Referer; another site cannot forge them (RFC 6454, section 7).
    """
    origin = request.headers.get("Origin", "")
    if not origin:
        page = urlsplit(request.headers.get("Referer", ""))
        origin = f"{page.scheme}://{page.netloc}"
    own = f"{request.scheme}://{request.get_host()}"
    return bool(urlsplit(origin).netloc) and origin in (own, *settings.CSRF_TRUSTED_ORIGINS)


def without_factor(request):
    """The page with what was typed, for a session that must show its second factor first; None for
    a form without typed values, and for one of another site.
    """
    if not may_resend(request) or not is_from_this_site(request):
        return None
    return resend_page(request, needs_login=True, first=reverse("desk"))


def resend_page(request, needs_login=False, first=""):
    """403: the typed values with a button that sends them again to the same address, and with
    `needs_login` a link to log in first, or to open the address `first`.
    """
    context = {
        "address": "/" + request.get_full_path().lstrip("/\\"),  # never //host/x
        "typed": _typed_fields(request),
        "files": [
            (name, ", ".join(file.name for file in request.FILES.getlist(name)))
            for name in request.FILES
        ],
        "needs_login": needs_login,
        "first": first or reverse("account_login"),
    }
    answer = render(request, "resend.html", context, status=403)
    add_never_cache_headers(answer)
    return answer


def _typed_fields(request):
    """[(name, value)] of the form, without the token against forged requests."""
    return [
        (name, value) for name, values in request.POST.lists() if name != TOKEN for value in values
    ]
