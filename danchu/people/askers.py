"""The client address of a request behind a configured number of proxies."""

from contextlib import suppress
from time import monotonic

from django.conf import settings

from danchu.kernel.networks import addresses_in, client_of
from danchu.kernel.private_files import create_private_file

AN_HOUR = 3600
_noted = {"at": float("-inf")}


def asker_of(request):
    """The address of the client, for rate limits: it is only stored as a keyed digest. Of an
    address of version 6 the network of one subscriber.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = request.headers.get("X-Forwarded-For", "")
    if forwarded and len(addresses_in(forwarded)) < proxies:
        _note_short(proxies, len(addresses_in(forwarded)))
    return client_of(forwarded, request.META.get("REMOTE_ADDR", ""), proxies)


def _note_short(proxies, number):
    """Note for `danchu check` that fewer proxies stand before us than the setting says, once an
    hour: each of them adds an address, so a request through all of them has as many.
    """
    if monotonic() - _noted["at"] < AN_HOUR:
        return
    _noted["at"] = monotonic()
    with suppress(OSError):  # a full disk refuses nobody
        create_private_file(settings.PROXIES_SEEN, f"{proxies} {number}\n", replace=True)
