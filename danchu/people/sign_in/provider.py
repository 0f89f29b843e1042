"""The provider of identities as this product uses it. What a browser posts proves nothing: the
library's view exchanges the code at the provider and fetches the claims from there.

Of the claims a keyed digest of the subject and the level are stored, never the number of an
identity card, a name or a day of birth.
"""

import hmac
from typing import Any

from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.http import HttpRequest

from danchu.people.levels import STATED
from danchu.people.sign_in.views import ProviderAdapter


class IdentityProvider(OpenIDConnectProvider):
    """Settings of its app beside the library's: `uid_field` the claim by which a person is known,
    `level_claim` that of the level of assurance, `levels` those that are enough (any without it);
    the first is asked for. `act_levels` are those of single verbs (danchu.people.levels).
    """

    id = "openid_connect"
    oauth2_adapter_class = ProviderAdapter

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """Those of the settings alone: the address of the log-in page must not lower the level. It
        may name the verb of a right, as `for`, whose level is then asked for.
        """
        acts = self.app.settings.get("act_levels") or {}
        levels = acts.get(request.GET.get("for", "")) or self.app.settings.get("levels") or []
        return {**self.get_auth_params(), **({"acr_values": levels[0]} if levels else {})}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """A keyed digest of who it is at this provider, in hex."""
        claims = claims_of(data)
        field = self.app.settings.get("uid_field") or "sub"
        if not claims.get(field):
            raise ProviderException(f"The provider sends no {field}")
        words = f"danchu identity {self.app.settings['server_url']} {claims[field]}"
        return hmac.new(settings.SECRET_KEY.encode(), words.encode(), "sha256").hexdigest()

    def _stored_claims(self, data: dict[str, Any]) -> dict[str, str]:
        """What is stored: the level alone."""
        claim = self.app.settings.get("level_claim") or "acr"
        return {STATED: str(claims_of(data).get(claim) or "")[:40]}

    extract_extra_data = _stored_claims  # the library's name

    def is_enough(self, stored: dict[str, str]) -> bool:
        """Whether the level of a log-in is one of those that are enough."""
        levels = self.app.settings.get("levels") or []
        return not levels or stored.get(STATED, "") in levels


def claims_of(data: dict[str, Any]) -> dict[str, Any]:
    """The claims of both answers in one; where both name a claim, the signed token's counts.
    ProviderException where they are of two subjects (OpenID Connect Core 1.0, 5.3.2).
    """
    userinfo = data.get("userinfo") or {}
    token = data.get("id_token") or {}
    if userinfo and token and userinfo.get("sub") != token.get("sub"):
        raise ProviderException("The claims are of two subjects")
    return {**userinfo, **token}


provider_classes = [IdentityProvider]
