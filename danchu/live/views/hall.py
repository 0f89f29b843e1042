"""The page of delegates and, without a vote, of everyone: what goes on, what is put to the
vote, who speaks, what is asked.
"""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from danchu.conference.models import ItemPaper
from danchu.conference.rules import may_see
from danchu.conference.words import Role
from danchu.kernel.refusals import Denied
from danchu.live.mine import mine_of
from danchu.live.views.doors import PAGES, guest, hall, state_of
from danchu.papers.answers import paper_answer


def hall_of(request, pk):
    """The hall: a delegate's page, the public's for who has no pass, the way to their own for
    the others.
    """
    met = guest(request, pk)
    if met.who and met.role != Role.DELEGATE:
        return redirect(PAGES[met.role], pk=pk)
    mine = mine_of(met.conference, met.who.delegate) if met.who else None
    return hall(
        request,
        met,
        "live/hall.html",
        mine=mine,
        papers=papers_of(met.conference),
        still="still" in request.GET,
    )


def papers_of(conference):
    """[(item, [paper])] of the items that have any, in their order."""
    found = {}
    for paper in (
        ItemPaper.objects.filter(item__conference=conference)
        .select_related("item")
        .order_by("item__position", "pk")
    ):
        found.setdefault(paper.item_id, (paper.item, []))[1].append(paper)
    return list(found.values())


@require_GET
def hall_state(request, pk):
    """The state for a page that cannot have the long line; nothing where it is the one the page
    has.
    """
    met = guest(request, pk)
    v, state = state_of(met.conference)
    if v and request.GET.get("v") == str(v):
        response = HttpResponse(status=204)
    else:
        response = JsonResponse({"v": v, "state": state}, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
def hall_mine(request, pk):
    """What the delegate of this device has done."""
    met = guest(request, pk)
    if met.role != Role.DELEGATE:
        raise Denied
    response = JsonResponse(
        mine_of(met.conference, met.who.delegate), json_dumps_params={"ensure_ascii": False}
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_GET
def hall_paper(request, pk, paper):
    """A document of the programme, for who takes part or prepares it."""
    met = guest(request, pk)
    if met.who is None and not may_see(request.actor, met.conference):
        raise Denied
    found = get_object_or_404(
        ItemPaper.objects.select_related("paper"), pk=paper, item__conference=met.conference
    )
    return paper_answer(found.paper, found.name, seconds=3600, in_place=True)
