"""Sheets that village heads signed and photos that people sent, for who may view what is disclosed
at their place.
"""

from django.shortcuts import get_object_or_404

from danchu.desk.guard import official
from danchu.disclosure.lives import Proof
from danchu.disclosure.models import Content, Contest, InformationRequest, Posting
from danchu.papers.answers import ending_of, paper_answer


@official
def disclosure_sheet(request, uid):
    """The signed sheet that proves a posting through a village head."""
    rows = Posting.objects.filter(
        proof=Proof.SHEET, content__in=Content.objects.viewed_by(request.actor)
    )
    posting = get_object_or_404(rows.select_related("paper"), uid=uid)
    return paper_answer(posting.paper, f"{posting.since:%Y-%m-%d}{ending_of(posting.paper.media)}")


@official
def contest_photo(request, uid):
    """The photo with which somebody contested a posting."""
    rows = Contest.objects.viewed_by(request.actor).filter(paper__isnull=False)
    contest = get_object_or_404(rows.select_related("paper"), uid=uid)
    name = f"{contest.seen_on:%Y-%m-%d}{ending_of(contest.paper.media)}"
    return paper_answer(contest.paper, name, in_place=True)


@official
def information_paper(request, uid):
    """The file with which a request for information was answered."""
    rows = InformationRequest.objects.viewed_by(request.actor).filter(paper__isnull=False)
    question = get_object_or_404(rows.select_related("paper"), uid=uid)
    return paper_answer(question.paper, question.paper_name)
