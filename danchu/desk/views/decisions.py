"""Decisions of households at the desk beside their declared pages: the papers to print and sign."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from danchu.decision.lives import DECISION_LIFE, ROLL
from danchu.decision.models import DecisionSheet
from danchu.decision.papers.cards import CARDS, cards_file
from danchu.decision.papers.sheets import (
    BALLOTS,
    CONSENTS,
    KINDS,
    ballots_file,
    consents_file,
    paper_file,
)
from danchu.decision.sections.decisions import DECISIONS
from danchu.decision.sections.sheets import is_photo_open
from danchu.desk.guard import official
from danchu.papers.answers import made_answer, paper_answer
from danchu.papers.official import MEDIA


@official
@never_cache
def paper(request, uid, number, kind, ending):
    """A paper of one vote as DOCX or PDF; the list has names for whoever may view the roll. The
    list of consents is of the decision itself, under the number 0.
    """
    decision = get_object_or_404(DECISIONS.record.rows(request.actor), uid=uid)
    if number == 0 and kind == CONSENTS and ending in MEDIA:
        content = consents_file(decision, ending)
        return made_answer(content, f"{kind}-{decision.proposed_on}.{ending}", MEDIA[ending])
    vote = get_object_or_404(decision.votes, number=number)
    if kind == BALLOTS and ending == "pdf":
        content = ballots_file(decision, vote)
        return made_answer(content, f"{kind}-{vote.planned_on}.pdf", MEDIA["pdf"])
    if kind == CARDS and ending == "pdf":
        DECISION_LIFE.require(request.actor, "open_online", decision)
        poll = get_object_or_404(vote.polls.filter(closed_at=None, opened_at__isnull=False))
        address = request.build_absolute_uri(reverse("online_vote", kwargs={"uid": poll.uid}))
        content = cards_file(decision, vote, address)
        return made_answer(content, f"{kind}-{vote.planned_on}.pdf", MEDIA["pdf"])
    if kind not in KINDS or ending not in MEDIA:
        raise Http404
    with_names = request.actor.may("view", ROLL, decision.unit_id)
    content = paper_file(decision, vote, kind, ending, with_names)
    return made_answer(content, f"{kind}-{vote.planned_on:%Y-%m-%d}.{ending}", MEDIA[ending])


@official
@never_cache
def sheet_photo(request, uid):
    """The photo of a sheet. That of somebody else's count is shown once the vote has an outcome:
    two people count apart.
    """
    sheets = DecisionSheet.objects.viewed_by(request.actor).select_related("vote", "paper")
    sheet = get_object_or_404(sheets.filter(paper__isnull=False), uid=uid)
    if not is_photo_open(sheet, request.actor):
        raise Http404
    return paper_answer(sheet.paper, sheet.paper_name, in_place=True)
