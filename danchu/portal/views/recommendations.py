"""What inspection boards recommended, who answered, and how fast: for everyone, without an
account.
"""

from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from danchu.inspection.models import Finding, Recommendation
from danchu.inspection.moves import PUBLIC, State
from danchu.kernel.days import today
from danchu.look.pages import page
from danchu.minutes.models import Commitment, Origin
from danchu.register.models import Event
from danchu.units.named import units_counted_at
from danchu.units.names import name_of, names_of

PAGE = 50


def recommendations(request):
    """Those that were sent, the newest first; of a unit and all below it, or of a state."""
    rows = (
        Recommendation.objects.filter(state__in=PUBLIC)
        .select_related("obligation")
        .order_by("-received_on", "-pk")
    )
    state, place = request.GET.get("state", ""), request.GET.get("unit", "").strip()
    if state in PUBLIC:
        rows = rows.filter(state=state)
    if place:
        rows = rows.filter(unit__in=units_counted_at(place))
    found = list(_after(rows, request.GET.get("after", ""))[: PAGE + 1])
    names, day = names_of({(row.unit_id, row.received_on) for row in found[:PAGE]}), today()
    return page(
        request,
        "portal/recommendations.html",
        states=[(key, name) for key, name in State.choices if key in PUBLIC],
        asked=request.GET,
        rows=[
            {"it": row, "where": names[row.unit_id, row.received_on], "over": _over(row, day)}
            for row in found[:PAGE]
        ],
        after=found[PAGE - 1].uid if len(found) > PAGE else None,
    )


def recommendation(request, uid):
    """One recommendation with its answer."""
    rows = Recommendation.objects.filter(state__in=PUBLIC).select_related(
        "board", "answerer", "obligation", "project"
    )
    found = get_object_or_404(rows, uid=uid)
    return page(
        request,
        "portal/recommendation.html",
        it=found,
        where=name_of(found.unit_id, found.received_on),
        over=_over(found, today()),
        board=found.board.name_on(found.received_on),
        answerer=found.answerer.name_on(found.received_on),
        outcome=_("đúng hạn") if found.in_time else _("muộn"),
        promises=Commitment.objects.counted().of(Origin.RECOMMENDATION, found.uid),
    )


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


def _after(rows, text):
    """The rows behind the one whose uid this is; all of them where it is none."""
    try:
        mark = rows.filter(uid=UUID(text)).first() if text else None
    except ValueError:
        mark = None
    return (
        rows.filter(
            Q(received_on__lt=mark.received_on) | Q(received_on=mark.received_on, pk__lt=mark.pk)
        )
        if mark
        else rows
    )


def _over(row, day):
    """Days the answer is overdue; 0 when it is not."""
    return max(0, (day - row.obligation.due_on).days) if row.state == State.SENT else 0
