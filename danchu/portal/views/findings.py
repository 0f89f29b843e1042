"""One violation that was recommended, for everyone without an account."""

from django.shortcuts import get_object_or_404

from danchu.inspection.models import Finding, Recommendation
from danchu.inspection.moves import PUBLIC
from danchu.look.pages import page
from danchu.register.models import Event
from danchu.units.names import name_of


def finding(request, uid):
    """One violation that was recommended: what it is, and what became of it."""
    found = get_object_or_404(
        Finding.objects.counted().visible_to(request.actor).select_related("board", "round"),
        uid=uid,
    )
    sent = Recommendation.objects.filter(violation=found, state__in=PUBLIC).first()
    shown_round = (
        found.round
        if found.round
        and Event.objects.visible_to(request.actor).filter(pk=found.round_id).exists()
        else None
    )
    return page(
        request,
        "portal/finding.html",
        it=found,
        where=name_of(found.unit_id, found.found_on),
        board=found.board.name_on(found.found_on),
        recommendation=sent,
        round=shown_round,
    )
