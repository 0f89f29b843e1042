"""Who is asking: every request carries an actor; offices of weight wait for a second factor."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from danchu.people.actor import Actor


def actor_middleware(get_response):
    """Set `request.actor`, worked out when first asked: a page that asks nothing of it costs no
    query.

    An office that needs a second factor gives no rights without one, whichever way the request came
    in; at the desk its holder is led to set one up.
    """

    def with_actor(request):
        request.second_factor_relaxed = settings.DEMO  # the page of the second factor says so
        request.actor = SimpleLazyObject(lambda: actor_of(request.user))
        if (
            _is_desk(request)
            and request.user.is_authenticated
            and request.actor.lacks_second_factor
        ):
            messages.warning(
                request, _("Chức trách của ông/bà cần xác thực hai lớp trước khi làm việc.")
            )
            return redirect("mfa_index")
        return get_response(request)

    return with_actor


def actor_of(account):
    """The actor of whoever is logged in. A demo asks for no second factor, and its pages say so."""
    if not (account.is_authenticated and account.is_active):
        return Actor.public()
    actor = Actor.of(account, second_factor=settings.DEMO)
    if actor.lacks_second_factor and is_mfa_enabled(account):
        return Actor.of(account)
    return actor


def _is_desk(request):
    return request.path_info.removeprefix(f"/{get_language()}").startswith(
        settings.LOGIN_REDIRECT_URL
    )
