"""What every answer carries (headers), and how a refusal, a missing right or an absent database
is told.
"""

import errno
import logging

from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError

from danchu.kernel.refusals import Denied, Refused
from danchu.look import pages

log = logging.getLogger("danchu")

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "frame-ancestors 'none'; form-action 'self'"
)
POWERS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
# Room for the other fields of a form beside its file.
BODY_BYTES = max(settings.PAPER_BYTES, settings.IMPORT_BYTES) + 1024 * 1024
# What Django and the API say of a wrong method: nothing, or English.
BARE = (b"", b"Method not allowed")


def content_policy():
    """The policy of contents; the identity provider is named because a log-in form is
    redirected there.
    """
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return " ".join([POLICY, *(pages.origin_of(app["settings"]["server_url"]) for app in apps)])


def policy_middleware(get_response):
    """Only our own files, no script or style in the page, no powers of the device."""
    policy = content_policy()

    def with_policy(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", POWERS)
        return response

    return with_policy


def refusal_middleware(get_response):
    """Turn `Refused` into 400, `Denied` into 403, an absent database into 503, a full disk into
    507, all as pages.

    A body above the limit is refused by its announced length, before anything of it is read.
    """

    def with_refusals(request):
        if _length(request) > BODY_BYTES:
            return pages.too_big(request, BODY_BYTES)
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return pages.unreadable(request)
        response = get_response(request)
        if response.status_code == 405 and response.content in BARE:
            return _allowing(response, pages.wrong_method(request))
        return response

    def process_exception(request, exception):
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


def _allowing(bare, told):
    told.headers["Allow"] = bare.headers["Allow"]
    return told


def _length(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
