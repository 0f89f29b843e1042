"""Where a request comes from, behind as many proxies as the operator says there are."""

from django.conf import settings


def asker_of(request):
    """The address that knocked: only ever counted under a keyed digest, never kept."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [
        part.strip()
        for part in request.headers.get("X-Forwarded-For", "").split(",")
        if part.strip()
    ]
    return (
        passed[-proxies]
        if proxies and len(passed) >= proxies
        else request.META.get("REMOTE_ADDR", "")
    )
