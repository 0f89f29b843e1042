"""Papers that prove what was promised, as officials read them."""

from django.shortcuts import get_object_or_404

from danchu.desk.guard import official
from danchu.minutes.models import CommitmentPaper
from danchu.papers.answers import paper_answer


@official
def commitment_paper(request, pk):
    """A paper that proves what was done, for who may view the promise at its place."""
    rows = CommitmentPaper.objects.viewed_by(request.actor).select_related("paper")
    proof = get_object_or_404(rows, pk=pk)
    return paper_answer(proof.paper, proof.name)
