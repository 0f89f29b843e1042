"""Gives every request its actor; offices that need a second factor have no rights without one.
Sessions that are idle or old end, and no cache stores what a logged-in reader is shown.
"""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from danchu.people.actor import Actor
from danchu.people.levels import level_of, withheld_verbs
from danchu.people.sessions import end_when_old

NO_STORE = "private, no-store"


def session_middleware(get_response):
    """End the session when it is idle or old; forbid caches, the browser's too, to store pages of
    the desk and of accounts, and every answer to somebody who is logged in or sends a token.
    """

    def with_session(request):
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session:
            end_when_old(request)
        is_private = (
            _is_under(request, settings.LOGIN_REDIRECT_URL, "/accounts/")
            or (has_session and SESSION_KEY in request.session)
            or "Authorization" in request.headers
        )
        response = get_response(request)
        if is_private:
            response.headers["Cache-Control"] = NO_STORE
        return response

    return with_session


def actor_middleware(get_response):
    """Set `request.actor`, computed on first use: a page that does not use it costs no query.

    An office that needs a second factor gives no rights without one, on every surface; at the desk
    its holder is redirected to set one up or to show it, and a form comes back with what was typed.
    """

    resend_page = import_string(settings.RESEND_VIEW)

    def with_actor(request):
        request.second_factor_relaxed = settings.DEMO  # the page of the second factor says so
        request.actor = SimpleLazyObject(lambda: actor_of_session(request))
        if (
            _is_under(request, settings.LOGIN_REDIRECT_URL)
            and request.user.is_authenticated
            and request.actor.lacks_second_factor
        ):
            messages.warning(
                request, _("Chức trách của ông/bà cần xác thực hai lớp trước khi làm việc.")
            )
            if request.method == "POST" and (page := resend_page(request)):
                return page
            if is_mfa_enabled(request.user):  # it is set up, and this session has not shown it
                return redirect_to_login(
                    request.get_full_path(), reverse("mfa_reauthenticate"), "next"
                )
            return redirect("mfa_index")
        return get_response(request)

    return with_actor


def actor_of_session(request):
    """The actor of whoever is logged in, with the rights that wait for a second factor only where
    this very session has shown it. A demo asks for none, and its pages say so.
    """
    account = request.user
    if not account.is_authenticated:
        return Actor.visitor()
    if settings.DEMO or has_passed_factor(request):
        return actor_of(account, level_of(request))
    if not account.is_active:
        return Actor.public()
    return Actor.of(account, second_factor=False, withheld=withheld_verbs(level_of(request)))


def actor_of(account, level=""):
    """The actor of an account by itself, such as that of a token of the API: it is enough for the
    rights that wait for a second factor that the account has one. `level` is the level of identity
    that was shown; a token shows none.
    """
    if not (account.is_authenticated and account.is_active):
        return Actor.public()
    withheld = withheld_verbs(level)
    actor = Actor.of(account, second_factor=settings.DEMO, withheld=withheld)
    if actor.lacks_second_factor and is_mfa_enabled(account):
        return Actor.of(account, withheld=withheld)
    return actor


def has_passed_factor(request):
    """Whether the second factor was shown, or set up, in this very session."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def _is_under(request, *folders):
    return request.path_info.removeprefix(f"/{get_language()}").startswith(folders)
