"""Changing roles in a demo by one press, and the way into its open hall. Elsewhere these addresses
do not exist.
"""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.conference.models import Conference
from danchu.demo.open_hall import UID, hall_codes
from danchu.demo.tasks import CITIZEN, OFFICES
from danchu.look.pages import page
from danchu.people.models import Account

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_POST
def change_role(request):
    """Log in as one of the demo's accounts, or out as a citizen; leads to the desk or the front
    page.
    """
    _require_demo()
    role = request.POST.get("role", "")
    if role == CITIZEN:
        logout(request)
        return redirect("front")
    account = Account.objects.filter(email=role).first() if role in OFFICES else None
    if account is None:
        raise Http404(_("Bản trình diễn không có vai này."))
    login(request, account, backend=BACKEND)
    return redirect("desk")


@never_cache
def hall(request):
    """The codes of the open hall, each with the button that enters by it."""
    _require_demo()
    conference = Conference.objects.filter(uid=UID).select_related("unit").first()
    if conference is None:
        raise Http404(_("Bản trình diễn này không có hội trường đang mở."))
    return page(request, "demo/hall.html", conference=conference, codes=hall_codes(conference))


def _require_demo():
    if not settings.DEMO:
        raise Http404
