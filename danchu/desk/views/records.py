"""One event at the desk: writing down, editing, confirming, correcting, withdrawing."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danchu.desk.guard import official
from danchu.desk.rows import history
from danchu.inspection.actions import confirm_round
from danchu.inspection.models import RoundSheet
from danchu.kernel.refusals import Refused, require
from danchu.kernel.words import local_name
from danchu.look.pages import page
from danchu.minutes.lives import may_begin
from danchu.minutes.queries.lists import minutes_of
from danchu.people.offices_held import place_of
from danchu.register import actions
from danchu.register.kinds import KINDS
from danchu.register.lives import EVENT_LIFE
from danchu.register.models import NUMBERS, Event
from danchu.register.sections.event_form import EventForm, blank, initial_of
from danchu.register.words import NUMBER_WORDS, STATE_WORDS, note_for
from danchu.subjects.forms import ReasonForm
from danchu.subjects.sent import SENT_BEFORE
from danchu.units.names import name_of

KEPT_FOR_NEXT = ("unit", "held_on", "body", "form")


@official
def new_record(request):
    """Write down one event of the kind in the address."""
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        return page(
            request,
            "desk/kinds.html",
            kinds=[(key, local_name(k), k.law) for key, k in KINDS.items()],
        )
    scope = request.actor.scope("draft", kind)
    require(scope != frozenset(), _("Chức trách của ông/bà không ghi loại việc này."))
    given = {"unit": place_of(request.actor, scope), "body": KINDS[kind].bodies[0]} | {
        name: request.GET[name] for name in KEPT_FOR_NEXT if request.GET.get(name)
    }
    form = EventForm(kind, request.actor, "draft", request.POST or None, initial=blank(kind, given))
    if request.method == "POST" and form.is_valid():
        done = _draft(request, form, kind)
        if done:
            return done
    return _form_page(request, form, kind, local_name(KINDS[kind]))


def _draft(request, form, kind):
    """Draft, and confirm when asked; the answer, or None when the act refused and the form says
    why.
    """
    earlier = Event.objects.visible_to(request.actor).filter(uid=form.cleaned_data["uid"]).first()
    if earlier:
        messages.info(request, SENT_BEFORE)
        return redirect("desk_record", uid=earlier.uid)
    try:
        event = actions.draft_event(
            kind, by=request.actor, uid=form.cleaned_data["uid"], **form.values()
        )
    except Refused as refusal:
        form.refuse(refusal)
        return None
    told_so = _("Đã lưu bản nháp.")
    if "confirm" in request.POST:
        try:
            actions.confirm_event(event, by=request.actor)
            told_so = _("Đã xác nhận: việc này có trong mọi số liệu ngay từ bây giờ.")
        except Refused as refusal:
            messages.error(request, _("Đã lưu bản nháp nhưng chưa xác nhận: %s") % refusal.message)
            return redirect("desk_record", uid=event.uid)
    messages.success(request, told_so)
    return redirect("desk_record", uid=event.uid)


def _form_page(request, form, kind, heading, event=None):
    bound_errors = form.is_bound and not form.is_valid()
    return page(
        request,
        "desk/form.html",
        status=400 if bound_errors or form.errors else 200,
        form=form,
        kind=KINDS[kind],
        heading=heading,
        event=event,
        parts=form.part_rows() if KINDS[kind].parts else [],
        may_confirm=request.actor.scope("confirm", kind) != frozenset(),
    )


@official
def record(request, uid):
    """One event with its history and what may be done with it now."""
    return _record_page(request, _event(request, uid))


def _record_page(request, event, refused=None):
    """`refused` is the form of a withdrawal that was refused."""
    actor = request.actor
    kind = KINDS[event.kind]
    entries = history(event)
    acts = EVENT_LIFE.acts_of(event, actor)
    return page(
        request,
        "desk/record.html",
        status=400 if refused else 200,
        event=event,
        withdrawal=refused or (ReasonForm(event, actor) if "withdraw" in acts else None),
        kind_name=local_name(kind),
        state=STATE_WORDS[event.state],
        entries=entries,
        where=name_of(event.unit_id, event.held_on),
        note=note_for(event, actor),
        body=event.body and event.body.name_on(event.held_on),
        sheet=sheet_of(event),
        numbers=[
            (NUMBER_WORDS[n], getattr(event, n))
            for n in NUMBERS
            if n in kind.numbers or getattr(event, n)
        ],
        parts=list(event.parts.order_by("pk")[:300]),
        may_attach="attach" in acts,
        attachments=list(event.attachments.select_related("paper").order_by("pk"))
        if actor.may("view", event.kind, event.unit_id)
        else [],
        told=minutes_of(event, actor),
        new_url=_new_minutes(event) if may_begin(event, actor) else "",
        earlier=Event.objects.filter(pk=event.supersedes_id).first(),
        later=Event.objects.filter(supersedes=event).first(),
        may={
            "draft": "edit" in acts,
            "confirm": "confirm" in acts,
            "correct": "correct" in acts,
        },
    )


def sheet_of(event):
    """What a board wrote of this round on the spot; None of any other event."""
    return (
        RoundSheet.objects.filter(event=event).first() if event.kind == "inspection_round" else None
    )


def _new_minutes(event):
    return f"{reverse('desk_new_minutes')}?event={event.uid}"


def _event(request, uid):
    return get_object_or_404(
        Event.objects.visible_to(request.actor).select_related("unit", "body"), uid=uid
    )


@official
def edit_record(request, uid):
    """Change a draft."""
    event = _event(request, uid)
    EVENT_LIFE.require(request.actor, "edit", event)
    if sheet := sheet_of(event):
        return redirect("desk_edit_round", uid=sheet.uid)
    form = EventForm(
        event.kind, request.actor, "draft", request.POST or None, initial=initial_of(event)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_draft(event, by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("desk_record", uid=uid)
    return _form_page(request, form, event.kind, _("Sửa bản nháp"), event)


@official
def correct_record(request, uid):
    """Put a corrected event in the place of a confirmed one."""
    event = _event(request, uid)
    EVENT_LIFE.require(request.actor, "correct", event)
    form = EventForm(
        event.kind, request.actor, "correct", request.POST or None, initial=initial_of(event)
    )
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.correct_event(
                event, by=request.actor, reason=form.cleaned_data["reason"], **form.values()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã đính chính: bản cũ vẫn đọc được."))
            return redirect("desk_record", uid=new.uid)
    return _form_page(request, form, event.kind, _("Đính chính"), event)


@official
@require_POST
def confirm_record(request, uid):
    event = _event(request, uid)
    if sheet := sheet_of(event):  # what was noted on the spot is entered with it
        confirm_round(sheet, by=request.actor)
    else:
        actions.confirm_event(event, by=request.actor)
    messages.success(request, _("Đã xác nhận: việc này có trong mọi số liệu ngay từ bây giờ."))
    return redirect("desk_record", uid=uid)


@official
@require_POST
def discard_record(request, uid):
    actions.discard_draft(_event(request, uid), by=request.actor)
    messages.success(request, _("Đã bỏ bản nháp."))
    return redirect("desk_records")


@official
@require_POST
def withdraw_record(request, uid):
    """Take an event back; where it is refused its page comes back with what was typed."""
    event = _event(request, uid)
    EVENT_LIFE.require(request.actor, "withdraw", event)
    form = ReasonForm(event, request.actor, request.POST)
    if form.is_valid():
        try:
            actions.withdraw_event(event, by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã rút khỏi mọi số liệu."))
            return redirect("desk_record", uid=uid)
    return _record_page(request, event, form)
