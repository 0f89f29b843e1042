"""Who may sit at the desk: a logged-in account; what he may do there his rights say, act by act."""

from functools import wraps

from django.contrib.auth.decorators import login_required

from danchu.kernel.refusals import require


def official(view):
    """For accounts only: others are led to the log-in page."""

    @login_required
    @wraps(view)
    def guarded(request, *arguments, **more):
        require(not request.actor.is_public)
        return view(request, *arguments, **more)

    return guarded
