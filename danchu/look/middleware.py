"""The one form of all text that a request brings; security headers of every response; error pages
for refusals, missing rights, an unreachable database or a full disk.
"""

import errno
import logging

from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError

from danchu.casework.access.rate_limits import TooOften
from danchu.kernel.refusals import Denied, Refused
from danchu.kernel.text import normal
from danchu.look import pages
from danchu.look.above import asks_for_a_page, to_page_above

log = logging.getLogger("danchu")

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "frame-ancestors 'none'; form-action 'self'"
)
POWERS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
# Of a page on which the device may be asked where it is.
POWERS_WITH_PLACE = POWERS.replace("geolocation=()", "geolocation=(self)")
# The largest file plus 1 MiB for the other fields of its form.
BODY_BYTES = max(settings.PAPER_BYTES, settings.IMPORT_BYTES) + 1024 * 1024
# Bodies of a 405 by Django and by the API, which are replaced by a page.
BARE = (b"", b"Method not allowed")


def content_policy():
    """The Content-Security-Policy. It names the identity provider, since form-action also applies
    to the redirect of a log-in form.
    """
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return " ".join([POLICY, *(pages.origin_of(app["settings"]["server_url"]) for app in apps)])


def policy_middleware(get_response):
    """Add Content-Security-Policy (own files only, nothing inline) and Permissions-Policy."""
    policy = content_policy()

    def with_policy(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", POWERS)
        return response

    return with_policy


def text_middleware(get_response):
    """Bring what is typed into addresses and forms into the form of `kernel.text.normal`, as soon
    as it is read. Passwords stay as typed: people.hashers compares them in more than one form.
    """

    def with_normal_text(request):
        request.GET = _with_normal_text(request.GET)
        parse_body = request._load_post_and_files

        def parse_body_to_normal_text():
            parse_body()
            request._post = _with_normal_text(request._post)

        # The body is parsed where it is first asked for, so that a view may still refuse it unread.
        request._load_post_and_files = parse_body_to_normal_text
        return get_response(request)

    return with_normal_text


def _with_normal_text(query):
    """The QueryDict with its values in the form of `normal`; the same one where all are."""
    if all(value.isascii() and value.isprintable() for _name, value in _pairs(query)):
        return query
    text = query.copy()
    for name, values in query.lists():
        if "password" not in name:
            text.setlist(name, [normal(value) for value in values])
    text._mutable = False
    return text


def _pairs(query):
    return [(name, value) for name, values in query.lists() for value in values]


def refusal_middleware(get_response):
    """Turn `Refused` into 400, `TooOften` into 429, `Denied` into 403, an unreachable database into
    503 and a full disk into 507, each as a page (JSON under /api/).

    A body above BODY_BYTES is refused by its Content-Length before it is read.
    """

    def with_refusals(request):
        if _length(request) > BODY_BYTES:
            return pages.too_big(request, BODY_BYTES)
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return pages.unreadable(request)
        response = get_response(request)
        if response.status_code == 405 and response.content in BARE:
            if asks_for_a_page(request):
                return to_page_above(request)
            return _allowing(response, pages.wrong_method(request))
        return response

    def process_exception(request, exception):
        if isinstance(exception, TooOften):
            return pages.too_often(request, exception)
        if isinstance(exception, Refused):
            return pages.refused(request, exception)
        if isinstance(exception, Denied):
            return pages.denied(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            log.error("Database does not answer: %s", str(exception).splitlines()[:1])
            return pages.unavailable(request)
        if isinstance(exception, DataError) and "NUL" in str(exception):
            return pages.unreadable(request)
        if isinstance(exception, OSError) and exception.errno == errno.ENOSPC:
            log.error("Disk is full: %s", exception)
            return pages.disk_full(request)
        return None

    with_refusals.process_exception = process_exception
    return with_refusals


def _allowing(bare, answer):
    answer.headers["Allow"] = bare.headers["Allow"]
    return answer


def _length(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
