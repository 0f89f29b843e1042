"""Polls at the desk: those of the conferences an official sees, drafting one, and what may be
done with it next.
"""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danchu.conference import actions
from danchu.conference.models import Conference, Poll
from danchu.conference.polling import NO_RIGHT, POLL_LIFE, may_add, may_draft
from danchu.conference.words import PollState
from danchu.desk.guard import official
from danchu.desk.poll_form import PollForm, blank, initial_of
from danchu.desk.rows import history
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.look.sheets import csv_answer

MOST_CONFERENCES = 50
ACTS = {
    "open": lambda it, by, form: actions.open_poll(it, by=by),
    "close": lambda it, by, form: actions.close_poll(it, by=by),
    "declare": lambda it, by, form: actions.declare_poll(it, by=by),
    "cancel": lambda it, by, form: actions.cancel_poll(it, by=by, reason=form.get("reason", "")),
}


def _conferences(actor):
    return Conference.objects.viewed_by(actor).order_by("-starts_at", "-pk")


def _filtered(request):
    rows = Poll.objects.filter(
        conference__in=_conferences(request.actor).order_by()
    ).select_related("conference")
    state, conference = request.GET.get("state", ""), request.GET.get("conference", "")
    if state in PollState.values:
        rows = rows.filter(state=state)
    if conference.isascii() and conference.isdecimal() and len(conference) < 18:
        rows = rows.filter(conference=int(conference))
    return rows


@official
def polls(request):
    """Polls of the conferences he sees, the newest first, of one conference or state; where a
    new one can be drafted.
    """
    found = page_by_key(request, _filtered(request), ("made_at", "title", "state"))
    shown = list(_conferences(request.actor)[:MOST_CONFERENCES])
    able = [conference for conference in shown if may_add(request.actor, conference)]
    return page(
        request,
        "desk/polls.html",
        found=found,
        asked=request.GET,
        states=PollState.choices,
        conferences=shown,
        able=able,
    )


@official
def polls_csv(request):
    """The filtered list as a table."""
    rows = _filtered(request).order_by("-made_at", "-pk")
    head = [
        _("Hội nghị"),
        _("Điều đưa ra biểu quyết"),
        _("Loại"),
        _("Công khai hay kín"),
        _("Trạng thái"),
        _("Mở lúc"),
        _("Số phiếu"),
    ]
    lines = (
        [
            it.conference.title,
            it.title,
            it.get_kind_display(),
            it.get_secrecy_display(),
            it.get_state_display(),
            it.opened_at or "",
            it.result["told"]["cast"] if it.result else "",
        ]
        for it in rows.iterator(500)
    )
    return csv_answer("bieu-quyet", head, lines)


@official
def new_poll(request):
    """Draft one, for the conference the address names."""
    asked = request.GET.get("conference", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        raise Http404
    conference = get_object_or_404(_conferences(request.actor), pk=int(asked))
    require(may_draft(request.actor, conference), NO_RIGHT)
    form = PollForm(conference, request.POST or None, initial=blank(uuid4()))
    if request.method == "POST" and form.is_valid():
        earlier = Poll.objects.filter(conference=conference, uid=form.cleaned_data["uid"]).first()
        if earlier:
            return redirect("desk_poll", uid=earlier.uid)
        try:
            made = actions.draft_poll(
                conference, by=request.actor, uid=form.cleaned_data["uid"], **form.values()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("desk_poll", uid=made.uid)
    return page(
        request,
        "desk/poll_form.html",
        status=400 if form.errors else 200,
        form=form,
        conference=conference,
    )


def _poll(request, uid):
    return get_object_or_404(
        Poll.objects.filter(conference__in=_conferences(request.actor).order_by()).select_related(
            "conference", "item"
        ),
        uid=uid,
    )


@official
def edit_poll(request, uid):
    """Change a draft."""
    found = _poll(request, uid)
    require("edit" in POLL_LIFE.acts_of(found, request.actor), NO_RIGHT)
    form = PollForm(found.conference, request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_poll(found, by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("desk_poll", uid=found.uid)
    return page(
        request,
        "desk/poll_form.html",
        status=400 if form.errors else 200,
        form=form,
        conference=found.conference,
        it=found,
    )


@official
def poll(request, uid, status=200, fault="", typed=None):
    """One poll: what it asks, where it stands and what may be done next."""
    found = _poll(request, uid)
    return page(
        request,
        "desk/poll.html",
        status=status,
        it=found,
        conference=found.conference,
        fault=fault,
        typed=typed or {},
        acts=POLL_LIFE.acts_of(found, request.actor),
        entries=history(found),
        votes=list(zip(found.options, (found.result or {}).get("counts", []), strict=False)),
    )


@official
@require_POST
def act(request, uid, act):
    """One act; where it is refused, what was typed stays."""
    found = _poll(request, uid)
    if act not in ACTS:
        raise Http404
    try:
        done = ACTS[act](found, request.actor, request.POST)
    except Refused as refusal:
        return poll(request, uid, status=400, fault=refusal.message, typed=request.POST)
    messages.success(request, _("Đã ghi: %s.") % done.get_state_display())
    return redirect("desk_poll", uid=found.uid)
