"""Who is asking: every request carries an actor."""

from django.utils.functional import SimpleLazyObject

from danchu.people.actor import Actor


def actor_middleware(get_response):
    """Set `request.actor`, worked out when first asked: a page for everyone costs no query for it."""

    def with_actor(request):
        request.actor = SimpleLazyObject(lambda: _actor_of(request))
        return get_response(request)

    return with_actor


def _actor_of(request):
    if request.user.is_authenticated and request.user.is_active:
        return Actor.of(request.user)
    return Actor.public()
