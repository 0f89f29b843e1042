"""The library's views of the provider, for one that may be down: a page says so, and the password
remains.
"""

import logging
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

log = logging.getLogger("danchu")

# What must stand in the provider's description of itself (OpenID Connect Discovery 1.0, 4.2).
NEEDED = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "issuer")


class ProviderAdapter(OpenIDConnectOAuth2Adapter):
    """How the provider is spoken to. Whatever asks for its description, at the beginning of a
    log-in or at its end, answers with the page of a failed log-in where there is none.
    """

    @property
    def openid_config(self) -> dict[str, Any]:
        try:
            description = super().openid_config
            missing = [name for name in NEEDED if not description.get(name)]
        except (RequestException, AttributeError) as fault:
            raise self._failure(type(fault).__name__) from fault
        if missing:
            raise self._failure(f"no {', '.join(missing)}")
        return description

    def _failure(self, why: str) -> ImmediateHttpResponse:
        log.warning("The provider of identities does not describe itself: %s", why)
        page = render_authentication_error(self.request, self.get_provider())
        return ImmediateHttpResponse(page)


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        return view.adapter_view(ProviderAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider."""
    return _answer(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Whoever comes back from the provider."""
    return _answer(OAuth2CallbackView, request, provider_id)
