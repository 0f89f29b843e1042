"""Verifying one matter on request, at the desk: the list, asking, telling the result."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danchu.desk.act_forms import Asked, act_forms, given, typed_in
from danchu.desk.boards_of import board_choices, boards_of
from danchu.desk.fields import DayField
from danchu.desk.guard import official
from danchu.desk.lists import units_named
from danchu.desk.rows import history
from danchu.inspection import actions
from danchu.inspection.models import AskedState, Asker, Verification
from danchu.inspection.moves import ROUND, VERIFICATION
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.units.names import name_of, names_of

ON = Asked("on", gettext_lazy("Ngày"), "day")
FIELDS = {
    "tell": (ON, Asked("result", gettext_lazy("Kết quả xác minh"), "text")),
    "decline": (ON, Asked("result", gettext_lazy("Lý do không xác minh"), "text")),
    "withdraw": (ON, Asked("result", gettext_lazy("Lý do rút"), "text")),
}
WORDS = {
    "tell": gettext_lazy("Báo kết quả xác minh"),
    "decline": gettext_lazy("Không xác minh"),
    "withdraw": gettext_lazy("Rút đề nghị"),
}
DOES = {
    "tell": actions.tell_result,
    "decline": actions.decline_verification,
    "withdraw": actions.withdraw_verification,
}


class VerificationForm(forms.Form):
    """One matter that one board is asked to verify."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    board = forms.ChoiceField(label=gettext_lazy("Ban"))
    asker = forms.ChoiceField(label=gettext_lazy("Ai đề nghị"), choices=Asker.choices)
    asked_on = DayField(label=gettext_lazy("Ngày đề nghị"))
    until = DayField(label=gettext_lazy("Báo kết quả chậm nhất ngày"))
    title = forms.CharField(label=gettext_lazy("Việc cần xác minh"), max_length=200)
    content = forms.CharField(
        label=gettext_lazy("Nội dung cần làm rõ"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, boards, *arguments, **more):
        super().__init__(*arguments, **more)
        self.boards = boards
        self.fields["board"].choices = board_choices(boards)


@official
def verifications(request):
    """What boards of the reader's places were asked, the latest first."""
    rows = (
        Verification.objects.viewed_by(request.actor)
        .select_related("board")
        .prefetch_related("board__standings")
    )
    if place := request.GET.get("unit", "").strip():
        rows = rows.filter(unit__in=units_named(place))
    state = request.GET.get("state", "")
    rows = (
        rows.filter(state=state)
        if state in AskedState.values
        else rows.overdue(today())
        if state == "overdue"
        else rows
    )
    found = page_by_key(request, rows, ("asked_on", "until"))
    names = names_of({(it.unit_id, it.asked_on) for it in found.rows})
    return page(
        request,
        "desk/verifications.html",
        found=found,
        asked=request.GET,
        states=[*AskedState.choices, ("overdue", _("Quá hạn"))],
        day=today(),
        rows=[
            {
                "it": it,
                "board": it.board.name_on(it.asked_on),
                "where": names[it.unit_id, it.asked_on],
            }
            for it in found.rows
        ],
        may_draft=request.actor.scope("draft", VERIFICATION) != frozenset(),
    )


@official
def new_verification(request):
    """Ask a board to verify a matter."""
    require(
        request.actor.scope("draft", VERIFICATION) != frozenset(),
        _("Ông/bà không có quyền đề nghị Ban xác minh."),
    )
    boards = boards_of(
        request.actor,
        "draft",
        VERIFICATION,
        request.POST.get("board") or request.GET.get("board", ""),
    )
    form = VerificationForm(
        boards,
        request.POST or None,
        initial={
            "uid": uuid4(),
            "asked_on": show_day(today()),
            "board": request.GET.get("board", ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        earlier = (
            Verification.objects.viewed_by(request.actor)
            .filter(uid=form.cleaned_data["uid"])
            .first()
        )
        try:
            made = earlier or actions.ask_verification(
                by=request.actor,
                **{**form.cleaned_data, "board": boards[form.cleaned_data["board"]]},
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return redirect("desk_verification", uid=made.uid)
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=_("Đề nghị Ban xác minh"),
        back="desk_verifications",
        wide=("title", "content"),
    )


def _verification(request, uid):
    return get_object_or_404(
        Verification.objects.viewed_by(request.actor).select_related("board"), uid=uid
    )


@official
def verification(request, uid, status=200, fault="", typed=None):
    """One matter: what was asked, until when, what came of it."""
    found, actor = _verification(request, uid), request.actor
    rights = {
        "tell": ("confirm", ROUND),
        "decline": ("confirm", ROUND),
        "withdraw": ("draft", VERIFICATION),
    }
    able = [
        act
        for act, (verb, kind) in rights.items()
        if found.state == AskedState.ASKED and actor.may(verb, kind, found.unit_id)
    ]
    return page(
        request,
        "desk/verification.html",
        status=status,
        it=found,
        fault=fault,
        typed=typed or {},
        here=reverse("desk_verification", args=[uid]),
        day=today(),
        where=name_of(found.unit_id, found.asked_on),
        board=found.board.name_on(found.asked_on),
        entries=history(found),
        forms=act_forms(able, WORDS, FIELDS, typed, {"on": show_day(today())}),
    )


@official
@require_POST
def act(request, uid, act):
    """tell | decline | withdraw; what was typed stays when it is refused."""
    found = _verification(request, uid)
    if act not in DOES:
        raise Http404
    try:
        DOES[act](found, by=request.actor, **given(FIELDS[act], request.POST))
    except Refused as refusal:
        return verification(request, uid, 400, refusal.message, typed_in(request, act))
    messages.success(request, _("Đã ghi."))
    return redirect("desk_verification", uid=uid)
