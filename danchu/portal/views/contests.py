"""“I do not see it at …”: anyone contests a posting, without an account."""

from uuid import uuid4

from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from danchu.casework.access.rate_limits import limit_rate
from danchu.disclosure.actions import contest_posting
from danchu.disclosure.models import Content, Contest
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.people.actor import Actor
from danchu.people.askers import asker_of
from danchu.portal.contest_form import ContestForm
from danchu.portal.views.petitions import status_of
from danchu.units.names import name_of


@never_cache
def contest(request, uid):
    """The form about one content. Idempotent: the same form sent twice is one contest."""
    content = get_object_or_404(Content.objects.known(), uid=uid)
    form = ContestForm(
        content, request.POST or None, request.FILES or None, initial={"uid": uuid4()}
    )
    status = 200
    sent = None
    if request.method == "POST":
        status = 400
        if form.is_valid():
            once = form.once
            sent = Contest.objects.filter(uid=once, content=content).first()
            try:
                if sent is None:
                    limit_rate("send", asker_of(request))
                    sent = contest_posting(content, by=Actor.public(), **form.values())
                status = 200
            except Refused as refusal:
                form.refuse(refusal)
                status = status_of(refusal)
    return page(
        request,
        "portal/contest.html",
        status=status,
        form=form,
        record=content,
        sent=sent,
        where=name_of(content.unit_id, content.decided_on),
        files_lost=status != 200 and bool(request.FILES),
    )
