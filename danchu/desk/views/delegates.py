"""The delegates of a conference beside their declared list: invited one by one or by office, one
delegate and the acts on them.

A new code is shown in the answer itself and never stands in an address.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.conference.actions.delegates import add_delegate, edit_delegate, invite_holders
from danchu.conference.actions.inviting import send_invitation_again
from danchu.conference.actions.passes import release_device, renew_pass
from danchu.conference.actions.registration import cancel_registration, reinstate_delegate
from danchu.conference.models import Delegate
from danchu.conference.rules import ANNOUNCED, UNFINISHED
from danchu.conference.sections.preparing_form import (
    DelegateForm,
    EditDelegateForm,
    HoldersForm,
)
from danchu.conference.votes.roll import COMING
from danchu.conference.words import DelegateState, LetterState
from danchu.conference.writes.letters import with_letters
from danchu.desk.guard import official
from danchu.desk.rows import history
from danchu.desk.views.programme import conference_to_prepare
from danchu.kernel.refusals import Refused
from danchu.look.once import note_done
from danchu.look.pages import page
from danchu.subjects.editing import save_edited, status_of

ACTS = {
    "absent": lambda delegate, by: cancel_registration(delegate, by=by),
    "return": lambda delegate, by: reinstate_delegate(delegate, by=by),
    "release": lambda delegate, by: release_device(delegate.pass_in, by=by),
    "renew": lambda delegate, by: renew_pass(delegate.pass_in, by=by),
}

OF_A_PASS = ("release", "renew")  # an illustrative delegate may have none


def hall_address(request):
    """Where a delegate enters the hall with their code."""
    return request.build_absolute_uri(reverse("enter"))


@official
def new_delegate(request, pk):
    """Invite one person."""
    conference = conference_to_prepare(request, pk)
    form = DelegateForm(conference, request.POST or None, initial={"entitled": True})
    if request.method == "POST" and form.is_valid():
        try:
            add_delegate(conference, by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã thêm vào danh sách đại biểu."))
            return redirect(
                "desk_new_delegate" if "another" in request.POST else "desk_delegates", pk=pk
            )
    return page(
        request,
        "desk/conference_form.html",
        status=400 if form.errors else 200,
        form=form,
        record=conference,
        title=_("Mời đại biểu"),
        another=True,
    )


@official
def invite_office(request, pk):
    """Invite everyone who holds an office in a place and below."""
    conference = conference_to_prepare(request, pk)
    form = HoldersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = invite_holders(conference, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã mời thêm %s người giữ chức trách này.") % number)
            return redirect("desk_delegates", pk=pk)
    return page(
        request,
        "desk/conference_form.html",
        status=400 if form.errors else 200,
        form=form,
        record=conference,
        title=_("Mời theo chức trách"),
    )


@official
@never_cache
def delegate(request, pk, uid, status=200, fault="", code=""):
    """One delegate: their data, and what may be done; `code` only in the answer to the act that
    created it.
    """
    conference = conference_to_prepare(request, pk)
    row = get_object_or_404(
        with_letters(
            Delegate.objects.select_related("point", "pass_in", "conference", "invitation")
        ),
        uid=uid,
        conference=conference,
    )
    is_sent = request.method == "POST" and not (fault or code)
    form = _edit_form(row, request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            save_edited(
                form,
                row,
                _edit_form,
                lambda: edit_delegate(row, by=request.actor, **form.values()),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("desk_delegates", pk=pk)
    return page(
        request,
        "desk/delegate.html",
        status=status_of(form) if form.errors else status,
        record=conference,
        row=row,
        form=form,
        fault=fault,
        code=code,
        is_absent=row.state in (DelegateState.CANCELLED, DelegateState.DECLINED),
        living=conference.state in UNFINISHED,
        entries=history(row, request.GET),
        letter=LetterState(row.letter),
        inviting=conference.state in ANNOUNCED and row.state in COMING and hasattr(row, "pass_in"),
    )


def _edit_form(row, typed=None):
    """The form of a delegate of the list."""
    initial = {name: getattr(row, name) for name in ("name", "office", "contact", "entitled")}
    initial["point"] = str(row.point_id or "")
    return EditDelegateForm(row.conference, typed, initial=initial)


@official
@never_cache
@require_POST
def delegate_act(request, pk, uid, act):
    """absent | return | release | renew | send; a new code stands in this answer and nowhere
    else.
    """
    conference = conference_to_prepare(request, pk)
    row = get_object_or_404(
        Delegate.objects.select_related("conference", "point", "pass_in__conference"),
        uid=uid,
        conference=conference,
    )
    if act not in (*ACTS, "send") or act in OF_A_PASS and not hasattr(row, "pass_in"):
        raise Http404
    try:
        result = (
            send_invitation_again(row, by=request.actor, entry_url=hall_address(request))
            if act == "send"
            else ACTS[act](row, request.actor)
        )
    except Refused as refusal:
        return delegate(request, pk, uid, status=400, fault=refusal.message)
    if act == "renew":
        note_done(request, reverse("desk_delegate", args=[pk, uid]))
        return delegate(request, pk, uid, code=result[1])
    sentences = {"release": _("Đã cho đổi thiết bị."), "send": _("Giấy mời đang chờ gửi.")}
    messages.success(
        request,
        sentences[act] if act in sentences else _("Đã ghi: %s.") % result.get_state_display(),
    )
    return redirect("desk_delegate", pk=pk, uid=uid)
