"""Papers that prove what was promised, as officials read them."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404

from danchu.desk.guard import official
from danchu.minutes.models import CommitmentPaper


@official
def commitment_paper(request, pk):
    """A paper that proves what was done, for who may view the promise at its place."""
    rows = CommitmentPaper.objects.viewed_by(request.actor).select_related("paper")
    proof = get_object_or_404(rows, pk=pk)
    answer = FileResponse(
        proof.paper.open(), as_attachment=True, filename=proof.name, content_type=proof.paper.media
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
