"""What the sender of a petition sees: the receipt and their own papers, and what others told of
the same that is public.
"""

from django.core import signing
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from danchu.casework.models import PetitionPaper, ReceptionDay
from danchu.casework.natures import Nature
from danchu.casework.queries.history import clocks_of_petitions
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.look.qr import qr_svg
from danchu.papers.answers import paper_answer
from danchu.portal.feedback import told_already
from danchu.units.choices import LONGEST_VALUE
from danchu.units.named import unit_typed
from danchu.units.names import name_of

COMING = 2  # reception days on a receipt
LONGEST_TITLE = 200
PAPER_SALT = "petition.paper"
PAPER_SECONDS = 3600


def sent_page(request, petition, secret, again=False):
    """The only page that shows the secret, with the code. `again`: a retry of a form that was
    received before.
    """
    address = request.build_absolute_uri(f"{reverse('petition_follow')}?code={petition.code}")
    clocks = clocks_of_petitions([petition])[petition.pk]
    return page(
        request,
        "portal/petition_sent.html",
        record=petition,
        secret=secret,
        qr=qr_svg(address),
        clocks=clocks,
        again=again,
        where=name_of(petition.unit_id, petition.received_on),
        answerer=petition.body and petition.body.name_on(petition.received_on),
        receptions=ReceptionDay.objects.filter(unit=petition.unit_id).coming(today())[:COMING],
        alike=_alike(petition),
    )


def _alike(petition):
    """What others told of the same, of which it is public; nothing beside a complaint or a
    denunciation.
    """
    is_feedback = petition.nature == Nature.FEEDBACK
    rows = told_already(petition.unit, petition.title) if is_feedback else []
    return [row for row in rows if row.pk != petition.pk]


def told(request):
    """{"rows": [{title, url, people}]} of the public feedback that may be the same as what is being
    written: the names of a place and of what is broken there.
    """
    rows = []
    try:
        place = unit_typed(request.GET.get("place", "")[:LONGEST_VALUE], today())
        rows = told_already(place, request.GET.get("title", "")[:LONGEST_TITLE])
    except Refused:
        pass  # the place is not certain yet
    return JsonResponse(
        {
            "rows": [
                {
                    "title": row.shown_title,
                    "url": reverse("petition_shown", args=[row.code]),
                    "people": row.people,
                }
                for row in rows
            ]
        }
    )


@never_cache
def sent_paper(request, token):
    """A picture or file of a petition, for its sender: `token` was on the page that asked for the
    code and the secret, and opens it for an hour.
    """
    try:
        pk = signing.loads(token, salt=PAPER_SALT, max_age=PAPER_SECONDS)
    except signing.BadSignature:
        raise Http404 from None
    row = get_object_or_404(PetitionPaper.objects.select_related("paper"), pk=pk)
    return paper_answer(row.paper, row.name, in_place=True)


def own_papers(petition, is_answer=False):
    """[(name, address, whether it is a picture)] of what the sender attached, or of what came with
    the answer.
    """
    return [
        (
            row.name,
            reverse("petition_sent_paper", args=[signing.dumps(row.pk, salt=PAPER_SALT)]),
            row.paper.media.startswith("image/"),
        )
        for row in petition.papers.filter(is_answer=is_answer)
        .select_related("paper")
        .order_by("pk")
    ]
