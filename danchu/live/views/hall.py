"""The page of delegates and, without controls, of the public: current item, polls, speakers,
questions.
"""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from danchu.conference.models import ItemPaper
from danchu.conference.rules import may_see
from danchu.conference.words import Role
from danchu.kernel.refusals import Denied, require
from danchu.live.mine import mine_of
from danchu.live.views.hall_page import PAGES, hall_page, state_of, visitor_of
from danchu.papers.answers import paper_answer
from danchu.papers.clean_marks import NOT_CLEAN, is_known_clean


def hall_of(request, pk):
    """The page of a delegate or, without a pass, of the public; other roles are redirected to their
    own page.
    """
    visitor = visitor_of(request, pk)
    if visitor.participant and visitor.role != Role.DELEGATE:
        return redirect(PAGES[visitor.role], pk=pk)
    mine = (
        mine_of(visitor.conference, visitor.participant.delegate) if visitor.participant else None
    )
    return hall_page(
        request,
        visitor,
        "live/hall.html",
        mine=mine,
        papers=papers_of(visitor.conference),
        still="still" in request.GET,
    )


def papers_of(conference):
    """[(item, [paper])] of the items that have papers, in the order of the programme."""
    by_item = {}
    for paper in (
        ItemPaper.objects.filter(item__conference=conference)
        .select_related("item")
        .order_by("item__position", "pk")
    ):
        by_item.setdefault(paper.item_id, (paper.item, []))[1].append(paper)
    return list(by_item.values())


@require_GET
def hall_state(request, pk):
    """The state as JSON, for a page that cannot receive the stream; 204 if `v` is current."""
    visitor = visitor_of(request, pk)
    v, state = state_of(visitor.conference)
    if v and request.GET.get("v") == str(v):
        response = HttpResponse(status=204)
    else:
        response = JsonResponse({"v": v, "state": state}, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
def hall_mine(request, pk):
    """What the delegate of this device has done (mine.py), as JSON. Denied to others."""
    visitor = visitor_of(request, pk)
    if visitor.role != Role.DELEGATE:
        raise Denied
    response = JsonResponse(
        mine_of(visitor.conference, visitor.participant.delegate),
        json_dumps_params={"ensure_ascii": False},
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_GET
def hall_paper(request, pk, paper):
    """A paper of the programme, for participants and those who may see the conference."""
    visitor = visitor_of(request, pk)
    is_official = may_see(request.actor, visitor.conference)
    if visitor.participant is None and not is_official:
        raise Denied
    item_paper = get_object_or_404(
        ItemPaper.objects.select_related("paper"), pk=paper, item__conference=visitor.conference
    )
    require(is_official or is_known_clean(item_paper.paper), NOT_CLEAN)
    return paper_answer(item_paper.paper, item_paper.name, in_place=True)
