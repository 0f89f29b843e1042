"""Events at the desk beside their declared pages: recording a new one; the draft of a round is
edited on the page of rounds.
"""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from danchu.desk.beginnings import beginnings
from danchu.desk.events import EVENTS, round_of
from danchu.desk.guard import official
from danchu.desk.offline_forms import held, on_device
from danchu.desk.sections import Face
from danchu.kernel.refusals import Refused, require
from danchu.kernel.words import local_name
from danchu.look.pages import page
from danchu.people.offices_held import place_of, unit_of_office
from danchu.register import actions
from danchu.register.kinds import KINDS
from danchu.register.lives import EVENT_LIFE
from danchu.register.models import Event
from danchu.register.sections.event_form import (
    NewEventForm,
    initial_of_new,
    is_typed_otherwise,
    usual_body,
)
from danchu.subjects.sent import SENT_BEFORE, WRITTEN_BEFORE

# What the address may carry over from the event recorded before.
CARRIED_OVER = ("unit", "held_on", "body", "form")


@official
def new_record(request):
    """Record one event of the kind in the address; without a kind, the kinds to choose from."""
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        return held(
            page(
                request,
                "desk/kinds.html",
                beginnings=beginnings(request.actor),
                offline=on_device(request.actor, "desk_new"),
            ),
            request.actor,
        )
    scope = request.actor.scope("draft", kind)
    require(scope != frozenset(), _("Chức trách của ông/bà không ghi loại việc này."))
    place = unit_of_office(request.actor, scope)
    initial = {"unit": place_of(request.actor, scope), "body": usual_body(kind, place)} | {
        name: request.GET[name] for name in CARRIED_OVER if request.GET.get(name)
    }
    form = NewEventForm(
        kind, request.actor, "draft", request.POST or None, initial=initial_of_new(kind, initial)
    )
    if request.method == "POST" and form.is_valid():
        answer = _draft(request, form, kind)
        if answer:
            return answer
    answer = page(
        request,
        "desk/form.html",
        status=400 if form.errors else 200,
        form=form,
        heading=local_name(KINDS[kind]),
        may_confirm=request.actor.scope("confirm", kind) != frozenset(),
        keep=f"{request.actor.account_id} {kind}",
        offline=on_device(request.actor, "desk_new"),
    )
    return held(answer, request.actor)


def _draft(request, form, kind):
    """Draft the event, and confirm it when asked, in one transaction: a server that dies leaves
    both or nothing. A form that comes again with other words confirms nothing: its reader has not
    read what was recorded. None when the act refused and the form says why.
    """
    uid = form.cleaned_data["uid"]
    event = Event.objects.visible_to(request.actor).filter(uid=uid).first()
    sentence = _("Đã lưu bản nháp.")
    if event:
        if is_typed_otherwise(event, form.values()):
            messages.warning(request, WRITTEN_BEFORE)
            return redirect("desk_record", uid=event.uid)
        messages.info(request, SENT_BEFORE)
        sentence = ""
    try:
        with transaction.atomic():
            event = event or actions.draft_event(kind, by=request.actor, uid=uid, **form.values())
            if "confirm" in request.POST and EVENT_LIFE.move(event, "confirm"):
                sentence = _confirm(request, event)
    except Refused as refusal:
        form.refuse(refusal)
        return None
    if sentence:
        messages.success(request, sentence)
    return redirect("desk_record", uid=event.uid)


def _confirm(request, event):
    """Confirm the draft. Returns the sentence that says so, empty where it stays a draft and a
    message says why.
    """
    try:
        actions.confirm_event(event, by=request.actor)
    except Refused as refusal:
        messages.error(request, _("Đã lưu bản nháp nhưng chưa xác nhận: %s") % refusal.message)
        return ""
    return _("Đã xác nhận: việc này có trong mọi số liệu ngay từ bây giờ.")


@official
def edit_record(request, uid):
    """Edit a draft; that of a round has its own page."""
    event = get_object_or_404(EVENTS.record.rows(request.actor), uid=uid)
    EVENT_LIFE.require(request.actor, "edit", event)
    if sheet := round_of(event):
        return redirect("desk_edit_round", uid=sheet.uid)
    return Face(EVENTS).act(request, act="edit", uid=uid)
