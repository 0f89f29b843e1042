"""Promises and the minutes they were made in, for everyone: who promised what until when, what
was done, what those who asked say.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.casework.access.rate_limits import limit_rate
from danchu.inspection.models import Recommendation
from danchu.inspection.moves import PUBLIC
from danchu.kernel.refusals import Denied, Refused
from danchu.look.askers import asker_of
from danchu.look.pages import page
from danchu.minutes.actions import confirm_commitment, dispute_commitment
from danchu.minutes.models import Commitment, CommitmentPaper, Minutes, Origin, Passage
from danchu.minutes.moves import State
from danchu.minutes.papers.minutes import minutes_file
from danchu.minutes.queries.promise_history import life_of, shown_minutes
from danchu.minutes.queries.readable_text import told
from danchu.papers.answers import made_answer, paper_answer
from danchu.papers.official import MEDIA
from danchu.people.actor import Actor
from danchu.units.names import name_of

JUDGE = {"confirm": confirm_commitment, "dispute": dispute_commitment}


@never_cache
def commitment(request, uid):
    """One promise with its proof. Who asked confirms or disputes here, with the secret and no
    account.
    """
    found = get_object_or_404(
        Commitment.objects.select_related("owner", "asker", "obligation__rule__text"), uid=uid
    )
    fault = ""
    done = ""
    if request.method == "POST":
        try:
            done = _judged(request, found)
        except (Refused, Denied) as no:
            fault = no.message
        found.refresh_from_db()
    life = life_of(found)
    return page(
        request,
        "portal/commitment.html",
        status=400 if fault else 200,
        it=found,
        fault=fault,
        done=done,
        typed=request.POST if fault else {},
        origin_url=_origin(found),
        may_judge=found.state == State.FULFILLED and found.secret,
        is_shown=shown_minutes(life["passage"], request.actor),
        **life,
    )


def _judged(request, found):
    """What was done; every try with a wrong secret is counted against the asker."""
    act = request.POST.get("act", "")
    secret = request.POST.get("secret", "")[:60]
    if act not in JUDGE:
        raise Refused(_("Hãy chọn: đã làm xong, hoặc chưa đạt."))
    try:
        JUDGE[act](
            found, by=Actor.public(), secret=secret, text=request.POST.get("text", "")[:10_000]
        )
    except Denied:
        limit_rate("follow", asker_of(request))
        raise
    return act


def _origin(found):
    """The public page of the answer it was made in, where there is one."""
    if (
        found.origin == Origin.RECOMMENDATION
        and Recommendation.objects.filter(uid=found.origin_uid, state__in=PUBLIC).exists()
    ):
        return reverse("recommendation", args=[found.origin_uid])
    return ""


def commitment_paper(request, pk):
    """A paper that was made public as a proof."""
    found = get_object_or_404(
        CommitmentPaper.objects.filter(is_public=True)
        .exclude(commitment__state=State.WITHDRAWN)
        .select_related("paper"),
        pk=pk,
    )
    return paper_answer(found.paper, found.name, private=False)


def passage(request, mark):
    """Where a marked passage stands: its place in the version of the minutes in force."""
    rows = Passage.objects.counted().filter(
        mark=mark, minutes__in=Minutes.objects.visible_to(request.actor)
    )
    return redirect(f"{reverse('minutes', args=[get_object_or_404(rows).minutes.uid])}#p-{mark}")


def minutes(request, uid):
    """Minutes as everyone may read them: who spoke is told by office or village, never by name."""
    found = get_object_or_404(
        Minutes.objects.visible_to(request.actor)
        .exclude(state="drafted")
        .select_related("body", "event", "supersedes"),
        uid=uid,
    )
    return page(
        request,
        "portal/minutes.html",
        it=found,
        where=name_of(found.unit_id, found.held_on),
        body=found.body and found.body.name_on(found.held_on),
        blocks=told(found),
        later=Minutes.objects.public().filter(supersedes=found).first(),
        earlier=found.supersedes if found.supersedes_id and found.supersedes.is_public else None,
    )


def minutes_paper(request, uid, ending):
    """The same as DOCX or PDF, without names of who spoke."""
    found = get_object_or_404(Minutes.objects.public().select_related("body"), uid=uid)
    if ending not in MEDIA:
        raise Http404
    name = f"bien-ban-{found.held_on:%Y-%m-%d}.{ending}"
    return made_answer(minutes_file(found, ending), name, MEDIA[ending], private=False)
