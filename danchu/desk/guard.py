"""Access to the desk: only logged-in accounts. What each may do there is asked act by act."""

from functools import wraps

from django.contrib.auth.decorators import login_required

from danchu.kernel.refusals import require
from danchu.look.once import sent_once
from danchu.look.outbox import is_from_outbox, json_of, log_in_first
from danchu.look.resending import may_resend, resend_page


def official(view):
    """Let accounts in; others are redirected to the log-in page. A form that was sent after its
    session ended comes back with what was typed; one that is sent twice does one thing.
    """

    @login_required
    def for_account(request, *arguments, **more):
        require(not request.actor.is_public)
        return view(request, *arguments, **more)

    @wraps(view)
    def guarded(request, *arguments, **more):
        is_called = is_from_outbox(request)
        if not request.user.is_authenticated and is_called:
            return log_in_first()
        if not request.user.is_authenticated and may_resend(request):
            return resend_page(request, needs_login=True)
        response = sent_once(request, lambda: for_account(request, *arguments, **more))
        return json_of(response) if is_called else response

    return guarded
