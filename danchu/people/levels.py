"""Rights that wait for a level of identity. For the verbs of DANCHU_OIDC_ACT_LEVELS it is not
enough to be logged in: this very session must have come through the identity provider at such a
level (VNeID: Decree 69/2024, levels 1 and 2).
"""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

# Name in a session of the level that the provider stated when it began.
LEVEL = "identity_level"
# Name of the level among the facts that are stored of an identity.
STATED = "level"


def act_levels() -> dict[str, list[str]]:
    """{verb of a right: the levels that are enough}, empty without an identity provider."""
    apps = _apps()
    return apps[0]["settings"].get("act_levels", {}) if apps else {}


def withheld_verbs(level: str = "") -> frozenset[str]:
    """The verbs for which this level, empty where none was shown, is not enough."""
    return frozenset(verb for verb, levels in act_levels().items() if level not in levels)


def level_of(request) -> str:
    """The level that this session has shown; empty after a log-in by password."""
    return request.session.get(LEVEL, "") if settings.SESSION_COOKIE_NAME in request.COOKIES else ""


def note_level(sender, request, user, sociallogin=None, **rest) -> None:
    """Receiver of the library's signal of every log-in: what the provider stated, or nothing."""
    request.session[LEVEL] = sociallogin.account.extra_data.get(STATED, "") if sociallogin else ""


def raising_address(verb: str, then: str) -> str:
    """Where the owner of a session shows the level that the verb waits for; `then` is the address
    to come back to.
    """
    login = reverse("openid_connect_login", args=[_apps()[0]["provider_id"]])
    return f"{login}?{urlencode({'process': 'login', 'for': verb, 'next': then})}"


def provider_name() -> str:
    """What people call the provider, such as VNeID; empty where there is none."""
    apps = _apps()
    return apps[0]["name"] if apps else ""


def _apps():
    return settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
