"""The published file of a poll, the proof of a ballot in it, and how anyone recounts a result."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from danchu.conference.models import Declaration
from danchu.conference.public.polls import visible_polls
from danchu.conference.votes.ballot_proofs import proof_of
from danchu.decision.models import OnlinePoll
from danchu.kernel.addresses import number_in
from danchu.look.pages import page
from danchu.look.sheets import CSV
from danchu.papers.answers import as_file, made_answer
from danchu.vault.signatures import public_key


def _declaration(request, uid):
    return get_object_or_404(
        Declaration.objects.select_related("poll"),
        poll__in=visible_polls(request.actor).filter(uid=uid),
    )


def poll_file(request, uid):
    """The published file, byte for byte as it was signed."""
    content = _declaration(request, uid).content.encode()
    return made_answer(content, f"bieu-quyet-{uid}.csv", CSV, private=False)


def online_vote_file(request, uid):
    """The published file of a vote of households on line, byte for byte as it was signed."""
    closed = OnlinePoll.objects.filter(closed_at__isnull=False).exclude(content="")
    content = get_object_or_404(closed, uid=uid).content.encode()
    return made_answer(content, f"bieu-quyet-{uid}.csv", CSV, private=False)


@require_POST
def poll_proof(request, uid):
    """The proof of the ballot on a line of the file, as JSON for kiem-phieu.py."""
    declaration = _declaration(request, uid)
    line = number_in(request.POST.get("line"))
    if line is None or line >= declaration.size:
        raise Http404
    answer = JsonResponse(
        proof_of(declaration, line), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    return as_file(answer, "phieu.json")


def recount(request):
    """How anyone recounts a result: the script, the public key, the form of the file."""
    return page(request, "portal/recount.html", key=public_key(), keys=_earlier_keys())


def _earlier_keys():
    """Keys that signed results before the present one: those results stay checkable by them."""
    earlier = Declaration.objects.exclude(public_key=public_key())
    return sorted(set(earlier.values_list("public_key", flat=True)))
