"""Addresses of django-allauth: log-in, password, second factor, identity provider. Those for
sign-up and for changing the e-mail address are closed.
"""

from allauth.account.internal.stagekit import clear_login, unstash_login
from allauth.account.views import reauthenticate as by_password
from allauth.mfa.base.views import authenticate
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import Http404
from django.shortcuts import redirect
from django.urls import include, path, re_path, reverse


def closed_address(request, **rest):
    """404: an operator sets the e-mail address of an account, and nobody signs up by themselves."""
    raise Http404


def reauthenticate_by_password(request):
    """Whoever has a second factor is asked for that: the library would let the password alone open
    what the factor guards, its removal too.
    """
    if request.user.is_authenticated and is_mfa_enabled(request.user):
        query = request.META["QUERY_STRING"]
        return redirect(f"{reverse('mfa_reauthenticate')}{'?' if query else ''}{query}")
    return by_password(request)


def ask_for_code(request):
    """The code of a log-in that has begun. Where the second factor was reset meanwhile the log-in
    begins anew: the library would send the browser to and fro for ever.
    """
    begun = None if request.user.is_authenticated else unstash_login(request, peek=True)
    if begun and not is_mfa_enabled(begun.user, [Authenticator.Type.TOTP]):
        clear_login(request)
        return redirect("account_login")
    return authenticate(request)


urlpatterns = [
    path("2fa/authenticate/", ask_for_code, name="mfa_authenticate"),
    path("reauthenticate/", reauthenticate_by_password, name="account_reauthenticate"),
    re_path(r"^(?:email|confirm-email|signup|social/signup|3rdparty/signup)/", closed_address),
    path("", include("allauth.urls")),
]
