"""The published heads of the journal, proofs against them, and how anyone checks them."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from danchu.journal.actions import add_cosignatures
from danchu.journal.checkpoints import consistency_proof, inclusion_proof, published_keys
from danchu.journal.models import Checkpoint
from danchu.journal.notes import MOST_BYTES
from danchu.kernel.addresses import number_in
from danchu.kernel.refusals import Denied, Refused
from danchu.look.pages import page
from danchu.subjects.first_rows import first_rows

PLAIN = "text/plain; charset=utf-8"
SHOWN = 400


def checkpoints(request):
    """The list of published checkpoints, the latest first, and how to check them."""
    rows = first_rows(
        Checkpoint.objects.order_by("-size").prefetch_related("cosignatures"), SHOWN, request.GET
    )
    return page(request, "portal/journal.html", rows=rows, keys=published_keys())


def keys(request):
    """The public keys of the checkpoints, one a line, as kiem-so.py reads them."""
    return HttpResponse("".join(f"{key}\n" for key in published_keys()), content_type=PLAIN)


def latest_checkpoint(request):
    """The latest checkpoint as a signed note (c2sp.org/tlog-checkpoint)."""
    checkpoint = Checkpoint.objects.order_by("-size").first()
    if checkpoint is None:
        raise Http404
    return _note(checkpoint)


def checkpoint(request, size):
    """A checkpoint as a signed note, with the cosignatures it has by now."""
    return _note(get_object_or_404(Checkpoint, pk=size))


def _note(row):
    return HttpResponse(row.note, content_type=PLAIN)


def proof(request, number):
    """The proof that the entry of this number is in the tree of a checkpoint, by default the
    latest; hashes only.
    """
    latest = Checkpoint.objects.order_by("-size").first()
    size = number_in(request.GET.get("size")) or (latest.size if latest else 0)
    return _proof(inclusion_proof, number, size)


def consistency(request, earlier, size):
    """The proof that the tree of a checkpoint extends that of an earlier one."""
    return _proof(consistency_proof, earlier, size)


def _proof(prove, first, second):
    try:
        return JsonResponse(prove(first, second), json_dumps_params={"indent": 1})
    except LookupError as error:
        raise Http404 from error


@csrf_exempt  # a witness is a program: what counts is its signature
@require_POST
def cosign(request):
    """Add the signature lines of witnesses: the body is the checkpoint with their lines."""
    content = request.read(MOST_BYTES + 1)
    try:
        names = add_cosignatures(content.decode(errors="replace"), by=request.actor)
    except Denied as error:
        return HttpResponse(f"{error}\n", status=403, content_type=PLAIN)
    except Refused as error:
        return HttpResponse(f"{error}\n", status=400, content_type=PLAIN)
    return HttpResponse("".join(f"{name}\n" for name in names), content_type=PLAIN)
