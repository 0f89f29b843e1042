"""Papers of promises and of minutes for everyone, and where a marked passage stands."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from danchu.kernel.refusals import require
from danchu.minutes.models import CommitmentPaper, Minutes, Passage
from danchu.minutes.moves import State
from danchu.minutes.papers.minutes import minutes_file
from danchu.papers.answers import made_answer, paper_answer
from danchu.papers.clean_marks import NOT_CLEAN, is_known_clean
from danchu.papers.official import MEDIA


def commitment_paper(request, pk):
    """A paper that was made public as a proof."""
    rows = CommitmentPaper.objects.filter(is_public=True)
    rows = rows.exclude(commitment__state=State.WITHDRAWN).select_related("paper")
    paper = get_object_or_404(rows, pk=pk)
    require(is_known_clean(paper.paper), NOT_CLEAN)
    return paper_answer(paper.paper, paper.name, private=False, request=request)


def passage(request, mark):
    """Where a marked passage stands: its place in the version of the minutes in force."""
    rows = Passage.objects.counted().filter(
        mark=mark, minutes__in=Minutes.objects.visible_to(request.actor)
    )
    return redirect(f"{reverse('minutes', args=[get_object_or_404(rows).minutes.uid])}#p-{mark}")


def minutes_paper(request, uid, ending):
    """Minutes as DOCX or PDF, without names of who spoke."""
    minutes = get_object_or_404(Minutes.objects.public().select_related("body"), uid=uid)
    if ending not in MEDIA:
        raise Http404
    name = f"bien-ban-{minutes.held_on:%Y-%m-%d}.{ending}"
    return made_answer(minutes_file(minutes, ending), name, MEDIA[ending], private=False)
