"""The delegates of a conference: who is invited, one by one or by office; places given back; the
list as a file.

A name is searched for in the body of a request, and a code is told in the answer itself: neither
ever stands in an address.
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
from danchu.conference.sections.preparing_form import DelegateForm, HoldersForm
from danchu.conference.votes.roll import COMING
from danchu.conference.words import DelegateState, LetterState
from danchu.conference.writes.letters import with_letters
from danchu.desk.guard import official
from danchu.desk.rows import history
from danchu.desk.views.programme import prepared
from danchu.kernel.addresses import number_in
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.look.sheets import csv_answer, xlsx_answer

ACTS = {
    "absent": lambda it, by: cancel_registration(it, by=by),
    "return": lambda it, by: reinstate_delegate(it, by=by),
    "release": lambda it, by: release_device(it.pass_in, by=by),
    "renew": lambda it, by: renew_pass(it.pass_in, by=by),
}

OF_A_PASS = ("release", "renew")  # an illustrative delegate may have none


def among_delegates(conference, asked):
    """The delegates that the choices mean: a state, a bridge point ("-": none), entitled or
    not, how far the invitation is.
    """
    rows = with_letters(Delegate.objects.filter(conference=conference)).select_related("point")
    state, point, entitled, letter = (
        asked.get(name, "") for name in ("state", "point", "entitled", "letter")
    )
    if letter in LetterState.values:
        rows = rows.filter(letter=letter)
    if state in DelegateState.values:
        rows = rows.filter(state=state)
    if point == "-":
        rows = rows.filter(point=None)
    elif (number := number_in(point)) is not None:
        rows = rows.filter(point=number)
    return rows.filter(entitled=entitled == "1") if entitled in ("0", "1") else rows


def door_of(request):
    """Where a delegate enters by his code."""
    return request.build_absolute_uri(reverse("enter"))


@official
@never_cache
def delegates(request, pk):
    """The list; a name is looked for by POST, and so is the next page of those that fit."""
    found = prepared(request, pk)
    problem = ""
    words = request.POST.get("q", "").strip()[:120]
    rows = among_delegates(found, request.POST if request.method == "POST" else request.GET)
    if words and len(fold(words)) < 2:
        problem = _("Hãy gõ ít nhất hai chữ để tìm.")
    if words and not problem:
        rows = rows.matching(words)
    shown = page_by_key(request, rows, ("made_at", "name", "state"))
    for row in shown.rows:
        row.letter_name = LetterState(row.letter).label
    return page(
        request,
        "desk/delegates.html",
        status=400 if problem else 200,
        it=found,
        found=shown,
        asked=request.POST if request.method == "POST" else request.GET,
        words=words,
        problem=problem,
        states=DelegateState.choices,
        points=points_of(found),
        living=found.state in UNFINISHED,
        letters=LetterState.choices,
        told=found.state in ANNOUNCED,
    )


def points_of(conference):
    """(key, name) of its bridge points, to choose from."""
    return [
        ("-", _("Dự từ xa")),
        *(
            (str(key), name)
            for key, name in conference.points.order_by("position", "pk").values_list("pk", "name")
        ),
    ]


def _table(request, pk):
    found = prepared(request, pk)
    head = [
        _("Họ và tên"),
        _("Chức vụ, nơi công tác"),
        _("Điện thoại hoặc thư điện tử"),
        _("Điểm cầu"),
        _("Được biểu quyết"),
        _("Trạng thái"),
        _("Thư mời"),
    ]
    rows = among_delegates(found, request.GET).order_by("point__position", "name", "pk")
    return head, (
        [
            it.name,
            it.office,
            it.contact,
            it.point.name if it.point else "",
            _("có") if it.entitled else _("không"),
            it.get_state_display(),
            str(LetterState(it.letter).label),
        ]
        for it in rows.iterator(2000)
    )


@official
@never_cache
def delegates_csv(request, pk):
    """The filtered list as a table."""
    return csv_answer("dai-bieu", *_table(request, pk))


@official
@never_cache
def delegates_xlsx(request, pk):
    return xlsx_answer("dai-bieu", *_table(request, pk))


@official
def new_delegate(request, pk):
    """Invite one person."""
    found = prepared(request, pk)
    form = DelegateForm(found, request.POST or None, initial={"entitled": True})
    if request.method == "POST" and form.is_valid():
        try:
            add_delegate(found, by=request.actor, **form.values())
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
        it=found,
        title=_("Mời đại biểu"),
        wide=("name",),
        another=True,
    )


@official
def invite_office(request, pk):
    """Invite everyone who holds an office in a place and below."""
    found = prepared(request, pk)
    form = HoldersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = invite_holders(found, by=request.actor, **form.cleaned_data)
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
        it=found,
        title=_("Mời theo chức trách"),
        wide=("office_kind",),
    )


@official
@never_cache
def delegate(request, pk, uid, status=200, fault="", code=""):
    """One delegate: what is written of him, and what may be done; `code` only in the answer to
    the act that made it.
    """
    found = prepared(request, pk)
    row = get_object_or_404(
        with_letters(
            Delegate.objects.select_related("point", "pass_in", "conference", "invitation")
        ),
        uid=uid,
        conference=found,
    )
    kept = {name: getattr(row, name) for name in ("name", "office", "contact", "entitled")}
    sent = request.method == "POST" and not (fault or code)
    form = DelegateForm(
        found, request.POST if sent else None, initial={**kept, "point": str(row.point_id or "")}
    )
    if sent and form.is_valid():
        try:
            edit_delegate(row, by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("desk_delegates", pk=pk)
    gone = row.state in (DelegateState.CANCELLED, DelegateState.DECLINED)
    return page(
        request,
        "desk/delegate.html",
        status=400 if form.errors else status,
        it=found,
        row=row,
        form=form,
        fault=fault,
        code=code,
        gone=gone,
        living=found.state in UNFINISHED,
        entries=history(row),
        letter=LetterState(row.letter),
        inviting=found.state in ANNOUNCED and row.state in COMING and hasattr(row, "pass_in"),
    )


@official
@never_cache
@require_POST
def delegate_act(request, pk, uid, act):
    """absent | return | release | renew | send; a new code is told here and nowhere else."""
    found = prepared(request, pk)
    row = get_object_or_404(
        Delegate.objects.select_related("conference", "point", "pass_in__conference"),
        uid=uid,
        conference=found,
    )
    if act not in (*ACTS, "send") or act in OF_A_PASS and not hasattr(row, "pass_in"):
        raise Http404
    try:
        done = (
            send_invitation_again(row, by=request.actor, entry_url=door_of(request))
            if act == "send"
            else ACTS[act](row, request.actor)
        )
    except Refused as refusal:
        return delegate(request, pk, uid, status=400, fault=refusal.message)
    if act == "renew":
        return delegate(request, pk, uid, code=done[1])
    told = {"release": _("Đã cho đổi thiết bị."), "send": _("Giấy mời đang chờ gửi.")}
    messages.success(
        request, told[act] if act in told else _("Đã ghi: %s.") % done.get_state_display()
    )
    return redirect("desk_delegate", pk=pk, uid=uid)
