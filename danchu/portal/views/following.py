"""Following by mail without an account: asked for, confirmed by the owner of the address, ended on
a page of one's own. What the page answers is the same whether an address was known or not.
"""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from danchu.casework.access.rate_limits import TooOften, limit_rate
from danchu.following.codes import CONFIRM, OWN_PAGE, uid_of
from danchu.following.letters import own_page_of
from danchu.following.models import Confirmation, Follower
from danchu.following.things import followable_in, words_of
from danchu.following.writes import ask_confirmation, confirm, stop
from danchu.kernel.addresses import number_in
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.people.askers import asker_of
from danchu.portal.following import FollowForm, is_offered
from danchu.portal.query import place_in
from danchu.portal.views.petitions import status_of

ONE_CLICK = ("List-Unsubscribe", "One-Click")


@never_cache
def follow(request):
    """Ask to follow a thing, named by the parameters `what`, `key`, `unit`, `row` of the address.
    Without one the page says what can be followed and where.
    """
    if not is_offered():
        raise Http404
    followable = _followable(request) if request.GET.get("what") else None
    words = followable and words_of(followable)
    form = FollowForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if followable and form.is_valid():
            try:
                limit_rate("follow_mail", asker_of(request))
            except TooOften as refusal:
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                _ask(form.cleaned_data["email"], followable)
                return page(request, "portal/follow_asked.html", words=words)
    return page(request, "portal/follow.html", status=status, form=form, words=words)


def _followable(request):
    texts = {name: request.GET.get(name, "").strip()[:200] for name in ("what", "key", "row")}
    text = request.GET.get("unit", "").strip()[:200]
    return followable_in(**texts, unit=place_in(request, text) if text else None)


def _ask(email, followable):
    """Above the limit of an address no letter goes out, and the page says what it always says: it
    tells nobody that others asked for the same address.
    """
    try:
        limit_rate("follow_address", email)
    except TooOften:
        return
    ask_confirmation(email, followable, get_language())


@never_cache
def confirm_address(request, code):
    """The page that a letter leads to. Opening it confirms nothing, because programs that look for
    viruses open it too; its button does.
    """
    uid = uid_of(CONFIRM, code)
    if request.method == "POST":
        try:
            if uid is None:
                limit_rate("follow", asker_of(request))
            return redirect(own_page_of(confirm(uid)))
        except Refused as refusal:
            return page(
                request,
                "portal/follow_confirm.html",
                status=status_of(refusal),
                fault=refusal.message,
            )
    row = Confirmation.objects.valid().select_related("thing").filter(uid=uid).first()
    words = words_of(row.thing) if row else None
    return page(request, "portal/follow_confirm.html", words=words)


@csrf_exempt  # a mail program sends the one click without cookies; the code is what counts
@never_cache
def own_page(request, code):
    """What one follows, and the buttons that end it; a POST with `List-Unsubscribe=One-Click` (RFC
    8058) ends all of it.
    """
    uid = uid_of(OWN_PAGE, code)
    follower = Follower.objects.filter(uid=uid).first() if uid else None
    if uid is None:
        try:
            limit_rate("follow", asker_of(request))
        except Refused as refusal:
            return page(
                request,
                "portal/followed.html",
                status=status_of(refusal),
                fault=refusal.message,
                rows=[],
            )
    if request.method == "POST" and follower:
        if "all" in request.POST or request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]:
            stop(follower)
            follower = None
        elif (thing := number_in(request.POST.get("thing"))) is not None:
            follower = follower if stop(follower, thing) else None
    followings = follower.followings.select_related("thing").order_by("pk") if follower else []
    return page(
        request,
        "portal/followed.html",
        rows=[(one.thing_id, words_of(one.thing)) for one in followings],
        is_ended=request.method == "POST" and follower is None,
        address=request.path,
    )
