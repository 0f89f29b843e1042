"""Boards at the desk: terms with their members, recognition by the Front, plans of rounds, investment projects."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danchu.desk.fields import DayField, body_at, unit_at
from danchu.desk.guard import official
from danchu.desk.offices import place_of
from danchu.inspection import actions
from danchu.inspection.actions.boards import BOARD
from danchu.inspection.membership import COMMUNE, KINDS, Declared, must_be_filled
from danchu.inspection.models import BoardTerm, Role, RoundPlan
from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.units.kinds import BodyKind
from danchu.units.names import name_of, names_of

PAGE = 100


class TermForm(forms.Form):
    """A new term of the board of a kind at a place."""

    unit = forms.CharField(label=gettext_lazy("Nơi"), max_length=120)
    board = forms.ChoiceField(label=gettext_lazy("Ban"), choices=[(kind, BodyKind(kind).label) for kind in KINDS[:3]])
    since = DayField(label=gettext_lazy("Từ ngày"))
    until = DayField(label=gettext_lazy("Hết nhiệm kỳ"), required=False, help_text=gettext_lazy("Ban ở cơ quan, doanh nghiệp: để trống, hệ thống tính theo luật."))

    def __init__(self, actor, *arguments, **more):
        super().__init__(*arguments, **more)
        self.scope = actor.scope("draft", BOARD)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("since") and cleaned.get("unit"):
            try:
                cleaned["board"] = body_at(unit_at(cleaned["unit"], cleaned["since"], self.scope), cleaned.get("board", ""), cleaned["since"])
            except Refused as refusal:
                self.add_error("unit" if refusal.field == "unit" else "board", refusal.message)
        return cleaned

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


@official
def boards(request):
    """The terms the reader may see, the newest first, and the rounds planned."""
    scope = request.actor.scope("view", BOARD)
    rows = BoardTerm.objects.select_related("board").order_by("-since", "-pk")
    plans = RoundPlan.objects.select_related("notice").order_by("-planned_on", "-pk")
    if scope is not None:
        rows, plans = rows.filter(unit__in=scope), plans.filter(unit__in=scope)
    rows, plans = list(rows[:PAGE]), list(plans[:PAGE])
    names = names_of({(it.unit_id, it.since) for it in rows})
    return page(
        request, "desk/boards.html", rows=[(it, it.board.name_on(it.since), names[it.unit_id, it.since]) for it in rows], plans=plans,
        may_draft=request.actor.scope("draft", BOARD) != frozenset(),
    )  # fmt: skip


@official
def new_term(request):
    """Open a term."""
    scope = request.actor.scope("draft", BOARD)
    require(scope != frozenset(), _("Chức trách của ông/bà không lập nhiệm kỳ của Ban."))
    form = TermForm(request.actor, request.POST or None, initial={"unit": place_of(request.actor, scope), "since": show_day(today())})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_term(by=request.actor, **{name: form.cleaned_data[name] for name in ("board", "since", "until")})
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("desk_board", uid=made.uid)
    return page(request, "desk/plain_form.html", status=400 if form.errors else 200, form=form, title=_("Nhiệm kỳ mới"), back="desk_boards", wide=())


def _term(request, uid):
    scope = request.actor.scope("view", BOARD)
    rows = BoardTerm.objects.select_related("board", "unit")
    return get_object_or_404(rows if scope is None else rows.filter(unit__in=scope), uid=uid)


@official
def board(request, uid, status=200, fault="", typed=None):
    """One term: its members, who is still missing, what may be done."""
    found = _term(request, uid)
    members = list(found.members.select_related("village").order_by("left_on", "pk"))
    villages = {one.village_id: name_of(one.village_id, one.elected_on) for one in members if one.village_id}
    return page(
        request, "desk/board.html", status=status, it=found, name=found.board.name_on(found.since), where=name_of(found.unit_id, found.since), fault=fault,
        typed=typed or {}, members=[(one, villages.get(one.village_id, "")) for one in members], roles=Role.choices, today=show_day(today()),
        may_draft=request.actor.may("draft", BOARD, found.unit_id), may_confirm=request.actor.may("confirm", BOARD, found.unit_id),
        is_commune=found.board.kind == COMMUNE, is_full=found.recognised_on and not must_be_filled(found, today()),
    )  # fmt: skip


@official
@require_POST
def act(request, uid, act):
    """elect | leave | recognise; what was typed stays when it is refused."""
    found, form = _term(request, uid), request.POST
    try:
        if act == "elect":
            _elect(request, found, form)
        elif act == "leave":
            member = found.members.filter(pk=int(form["member"]) if form.get("member", "").isdecimal() and len(form["member"]) < 18 else 0).first()
            if member is None:
                raise Refused(_("Hãy chọn thành viên."), "member")
            if actions.leave_board(member, by=request.actor, on=parse_day(form.get("on", "")), reason=form.get("reason", "")):
                messages.warning(request, _("Nhiệm kỳ còn từ 6 tháng: phải bầu bổ sung."))
        elif act == "recognise":
            actions.recognise_term(found, by=request.actor, on=parse_day(form.get("on", "")))
        else:
            raise Http404
    except Refused as refusal:
        return board(request, uid, status=400, fault=refusal.message, typed=form)
    messages.success(request, _("Đã ghi."))
    return redirect("desk_board", uid=found.uid)


def _elect(request, found, form):
    on = parse_day(form.get("elected_on", ""))
    village = unit_at(form["village"], on, None) if form.get("village", "").strip() else None
    declared = Declared(bool(form.get("is_official")), bool(form.get("is_resident")), bool(form.get("is_head")), bool(form.get("is_kin")))
    actions.elect_member(found, by=request.actor, name=form.get("name", ""), elected_on=on, role=form.get("role", ""), village=village, declared=declared)
