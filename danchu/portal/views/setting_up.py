"""The set-up page of an empty installation. Its address is printed on the console, opens once, and
only the browser that opened it goes on.
"""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from danchu.casework.access.rate_limits import OF_ACCOUNTS, limit_wrong
from danchu.kernel.refusals import Denied, Refused, require
from danchu.look.once import note_done, sent_once
from danchu.look.pages import page
from danchu.people.askers import asker_of
from danchu.people.models import Account
from danchu.portal.joining_form import BeginForm
from danchu.portal.views.joining import log_in
from danchu.staff.actions import begin_installation, enter_set_up
from danchu.staff.actions.installing import CLOSED
from danchu.staff.set_up import may_set_up

BROWSER = "set_up"


@never_cache
def enter(request, secret):
    """Opening the address shows a button; pressing it uses the address up."""
    if request.method == "POST":
        with limit_wrong(OF_ACCOUNTS, asker_of(request), Denied):
            request.session[BROWSER] = enter_set_up(secret, by=request.actor)
        return redirect("set_up")
    answer = page(request, "portal/set_up_enter.html")
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


@sensitive_post_parameters()
@never_cache
def set_up(request):
    """Restore a backup, as the page tells, or begin with the first operator. Who comes when that is
    done logs in; a form pressed twice is answered twice with the only page that shows the code.
    """
    return sent_once(request, lambda: _begin(request))


def _begin(request):
    if Account.objects.exists():
        return redirect("account_login")
    require(may_set_up(request.session.get(BROWSER, "")), CLOSED)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        try:
            account, code = begin_installation(
                by=request.actor, browser=request.session[BROWSER], **values
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            del request.session[BROWSER]
            log_in(request, account, values["password"])
            note_done(request, reverse("account_login"))
            return page(request, "staff/printed_code.html", code=code, account=account)
    return page(request, "portal/set_up.html", status=400 if form.errors else 200, form=form)
