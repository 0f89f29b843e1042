"""Confirming many drafts of events by one act, after seeing them."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from danchu.desk.events import EVENTS, confirm_draft, round_of, rows_beside
from danchu.desk.guard import official
from danchu.desk.rows import lines
from danchu.inspection.models import RoundSheet
from danchu.kernel.addresses import uid_in
from danchu.kernel.refusals import Refused
from danchu.look.once import sent_once
from danchu.look.pages import page
from danchu.register.models import Event
from danchu.subjects.editing import SeenForm, edition_of, hold_for_editing, one_editor
from danchu.subjects.first_rows import FirstRows, first_rows
from danchu.subjects.life import MOVED_ON
from danchu.subjects.waiting import waiting_for

MOST = 50


@official
def confirm_many(request):
    """The drafts that the reader may confirm, the oldest first, each with a box; those whose boxes
    are ticked are confirmed, each by itself: one that is refused keeps none of the others back.
    """
    if request.method == "POST":
        return sent_once(request, lambda: _confirm(request))
    return _page(request, {})


def _waiting(actor):
    return waiting_for(EVENTS.record.rows(actor), EVENTS.waits, actor)


def _held(actor, chosen):
    """The chosen drafts that wait, which nobody else changes until the transaction ends."""
    events = list(_waiting(actor).filter(uid__in=chosen).order_by("held_on", "pk")[:MOST])
    hold_for_editing(events)
    rows = Event.objects.filter(pk__in=[event.pk for event in events]).order_by("pk")
    list(rows.select_for_update().values_list("pk"))
    return events


@transaction.atomic
def _confirm(request):
    chosen = {uid for text in request.POST.getlist("uid") if (uid := uid_in(text))}
    events = _held(request.actor, chosen)
    refusals = {}
    number = 0
    for event in events:
        try:
            _confirm_seen(event, request)
            number += 1
        except Refused as refusal:
            refusals[event.uid] = refusal.sentences
    if number:
        messages.success(
            request, _("Đã xác nhận %s việc: có trong mọi số liệu ngay từ bây giờ.") % number
        )
    if missing := len(chosen) - len(events):
        messages.info(
            request,
            _(
                "%s việc đã đánh dấu không còn chờ ông/bà xác nhận: có thể người khác vừa xác nhận "
                "hoặc bỏ bản nháp."
            )
            % missing,
        )
    if not chosen:
        messages.error(request, _("Hãy đánh dấu những việc đã xem."))
    if refusals or not chosen:
        return _page(request, refusals, status=400)
    return redirect("desk_confirm_many")


def _confirm_seen(event, request):
    """Confirm the draft as it was shown; Refused where somebody changed it meanwhile."""
    seen = request.POST.get(f"edition-{event.uid}")
    with one_editor(event):
        current = Event.objects.filter(pk=event.pk).first()
        if current is None:  # discarded since the list was read
            raise Refused(MOVED_ON)
        if seen and seen != edition_of(current, rows_beside(current, round_of(current))):
            raise Refused(SeenForm.outdated)
        confirm_draft(current, by=request.actor)


def _page(request, refusals, status=200):
    rows = _waiting(request.actor).prefetch_related("parts").order_by("held_on", "pk")
    drafts = first_rows(rows, MOST)
    sheets = {sheet.event_id: sheet for sheet in RoundSheet.objects.filter(event__in=[*drafts])}
    table_rows = [
        {
            **line,
            "uid": event.uid,
            "event": event,
            "edition": edition_of(event, rows_beside(event, sheets.get(event.pk))),
            "refusal": refusals.get(event.uid, ""),
        }
        for line, event in zip(lines(drafts), drafts, strict=False)
    ]
    return page(
        request,
        "desk/confirm_many.html",
        status=status,
        rows=FirstRows(table_rows, drafts.total),
    )
