"""Limits of wrong log-ins, counted in the database over all processes.

Whoever tries is counted by account and address together, so that nobody is locked out by the tries
of another. Slow counts of an account and of an address limit what many addresses, or many
accounts, add up to; a device that has logged in to the account before is not held up by them. Keys
are keyed digests: neither an account nor an address can be read from them.
"""

import hmac
import time

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

# Wrong tries as the library writes them (number/time/by): of an account from one address or from
# one device; of an account from all addresses; of one address for all accounts.
RATES = {
    "pair": "5/5m/key",
    "device": "5/5m/key",
    "account": "50/1h/key",
    "address": "100/1h/key",
}
APP = "danchu.people"
COOKIE = "devices"
COOKIE_SECONDS = 365 * 24 * 3600
MOST_DEVICES = 8


def cache_key(key: str, prefix: str, version: int) -> str:
    """The key under which the cache stores a count (the KEY_FUNCTION of Django's cache)."""
    words = f"{prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, "sha256").hexdigest()


def count_try(request: HttpRequest, email: str) -> ratelimit.RateLimitUsage | None:
    """Count one try to log in; None when it is one too many, and then it is not counted. The
    caller takes the count back when the log-in succeeds.
    """
    usage = ratelimit.RateLimitUsage([])
    for action, key in _counts(request, email):
        count = {"app": APP, "action": action, "key": key}
        single = ratelimit.consume(request, config=RATES, **count)
        if single is None and _forget_tries_to_come(request, **count):
            single = ratelimit.consume(request, config=RATES, **count)
        if single is None:
            usage.rollback()
            return None
        usage.usage.extend(single.usage)
    return usage


def clear_counts(request: HttpRequest, email: str) -> None:
    """Forget the wrong tries of an account, after its owner has set a new password by mail."""
    for action, key in _counts(request, email):
        if action != "address":
            ratelimit.clear(request, app=APP, action=action, config=RATES, key=key)


def remember_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Set the cookie by which the browser is known as one that has logged in to the account."""
    devices = _devices(request)
    name = devices.pop(_account_key(email), "") or get_random_string(16)
    devices = {**devices, _account_key(email): name}
    newest = dict(list(devices.items())[-MOST_DEVICES:])
    response.set_cookie(
        COOKIE,
        signing.dumps(newest, salt=APP, compress=True),
        max_age=COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _forget_tries_to_come(request, app, action, key):
    """Drop a count of tries later than now, and say whether there was one: the clock ran ahead, and
    nobody is to wait until then.
    """
    (rate,) = ratelimit.parse_rates(RATES[action])
    name = ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key)
    is_to_come = any(instant > time.time() + rate.duration for instant in cache.get(name, []))
    return is_to_come and cache.delete(name)


def _counts(request, email):
    """[(action, key)] of the counts of a try; the slowest first, so that whoever is over it writes
    no further keys.
    """
    email = email.strip().lower()
    device = _devices(request).get(_account_key(email))
    if device:
        return [("device", f"{email} {device}")]
    address = ratelimit.get_ip(request)
    return [("address", address), ("account", email), ("pair", f"{email} {address}")]


def _devices(request):
    """{digest of an account: name of this browser for it} of the cookie; empty without one."""
    try:
        devices = signing.loads(request.COOKIES.get(COOKIE, ""), salt=APP, max_age=COOKIE_SECONDS)
    except signing.BadSignature:
        return {}
    return devices if isinstance(devices, dict) else {}


def _account_key(email):
    return salted_hmac(APP, email.strip().lower()).hexdigest()[:20]
