"""The client address of a request behind a configured number of proxies."""

from django.conf import settings

from danchu.kernel.networks import counted_address


def asker_of(request):
    """The address of the client, for rate limits: it is only stored as a keyed digest. Of an
    address of version 6 the network of one subscriber.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [
        part.strip()
        for part in request.headers.get("X-Forwarded-For", "").split(",")
        if part.strip()
    ]
    return counted_address(
        passed[-proxies]
        if proxies and len(passed) >= proxies
        else request.META.get("REMOTE_ADDR", "")
    )
