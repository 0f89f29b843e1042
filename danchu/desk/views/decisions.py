"""Decisions of households at the desk beside their declared pages: the papers to print and sign."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from danchu.decision.lives import ROLL
from danchu.decision.papers.sheets import KINDS, paper_file
from danchu.decision.sections.decisions import DECISIONS
from danchu.desk.guard import official
from danchu.papers.answers import made_answer
from danchu.papers.official import MEDIA


@official
@never_cache
def paper(request, uid, number, kind, ending):
    """A paper of one vote as DOCX or PDF; the list has names for whoever may view the roll."""
    decision = get_object_or_404(DECISIONS.record.rows(request.actor), uid=uid)
    vote = get_object_or_404(decision.votes, number=number)
    if kind not in KINDS or ending not in MEDIA:
        raise Http404
    with_names = request.actor.may("view", ROLL, decision.unit_id)
    content = paper_file(decision, vote, kind, ending, with_names)
    return made_answer(content, f"{kind}-{vote.planned_on:%Y-%m-%d}.{ending}", MEDIA[ending])
