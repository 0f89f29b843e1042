"""Boards at the desk: terms with their members and what they declared, recognition by the Front."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danchu.desk.guard import official
from danchu.desk.lists import units_named
from danchu.desk.rows import history
from danchu.inspection import actions
from danchu.inspection.lives import TERM_LIFE
from danchu.inspection.models import BoardTerm, Role, RoundPlan, Seat
from danchu.inspection.moves import BOARD, ROUND
from danchu.inspection.rules.membership import (
    COMMUNE,
    INVESTMENT,
    KINDS,
    Declared,
    must_be_filled,
    seats_to_fill,
)
from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.look.sheets import csv_answer
from danchu.people.offices_held import place_of
from danchu.subjects.fields import CountField, DayField, body_at, unit_at
from danchu.units.kinds import BodyKind
from danchu.units.names import name_of, names_of

MOST_EXPORTED = 20_000


class TermForm(forms.Form):
    """A new term of the board of a kind at a place; investment boards are founded from their
    project.
    """

    unit = forms.CharField(label=gettext_lazy("Nơi"), max_length=120)
    board = forms.ChoiceField(
        label=gettext_lazy("Ban"), choices=[(kind, BodyKind(kind).label) for kind in KINDS[:3]]
    )
    board_name = forms.CharField(
        label=gettext_lazy("Tên Ban"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Chỉ cần khi nơi đó có nhiều Ban cùng loại."),
    )
    since = DayField(label=gettext_lazy("Từ ngày"))
    until = DayField(
        label=gettext_lazy("Hết nhiệm kỳ"),
        required=False,
        help_text=gettext_lazy("Ban ở cơ quan, doanh nghiệp: để trống, hệ thống tính theo luật."),
    )
    staff = CountField(
        label=gettext_lazy("Số người làm việc"),
        help_text=gettext_lazy("Của cơ quan, doanh nghiệp; Ban ở xã để trống."),
    )
    is_dispersed = forms.BooleanField(
        label=gettext_lazy("Đông người hoặc phân tán: Ban có thể hơn 9 thành viên"), required=False
    )

    def __init__(self, actor, *arguments, **more):
        super().__init__(*arguments, **more)
        self.scope = actor.scope("draft", BOARD)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("since") and cleaned.get("unit"):
            try:
                unit = unit_at(cleaned["unit"], cleaned["since"], self.scope)
                cleaned["board"] = body_at(
                    unit, cleaned.get("board", ""), cleaned["since"], cleaned.get("board_name", "")
                )
            except Refused as refusal:
                self.add_error(
                    {"unit": "unit", "body_name": "board_name"}.get(refusal.field, "board"),
                    refusal.message,
                )
        return cleaned

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


@official
def boards(request):
    """The terms the reader may see, the newest first."""
    found = page_by_key(request, asked(request), ("since", "until"))
    return page(
        request,
        "desk/boards.html",
        rows=lines(found.rows),
        found=found,
        asked=request.GET,
        kinds=[(kind, BodyKind(kind).label) for kind in KINDS],
        may_draft=request.actor.scope("draft", BOARD) != frozenset(),
    )


@official
def boards_csv(request):
    """The same rows as a file."""
    head = [_("Ban"), _("Nơi"), _("Từ ngày"), _("Hết nhiệm kỳ"), _("Công nhận"), _("Thành viên")]
    rows = asked(request).order_by("-since", "-pk")[:MOST_EXPORTED]
    return csv_answer(
        "cac-ban",
        head,
        (
            [
                line["name"],
                line["where"],
                show_day(line["it"].since),
                show_day(line["it"].until),
                line["it"].recognised_on and show_day(line["it"].recognised_on),
                line["number"],
            ]
            for line in lines(list(rows))
        ),
    )


def asked(request):
    """The terms the address asks for."""
    day = today()
    rows = (
        BoardTerm.objects.viewed_by(request.actor)
        .select_related("board")
        .prefetch_related("board__standings")
        .with_members_on(day)
    )
    if request.GET.get("kind", "") in KINDS:
        rows = rows.filter(board__kind=request.GET["kind"])
    if place := request.GET.get("unit", "").strip():
        rows = rows.filter(unit__in=units_named(place))
    state = request.GET.get("state", "")
    if state == "sitting":
        rows = rows.sitting_on(day)
    elif state == "waiting":
        rows = rows.filter(recognised_on=None, until__gt=day)
    elif state == "ended":
        rows = rows.filter(until__lte=day)
    return rows


def lines(found):
    """Each with the names of its board and place, how many sit on it, whether it is over."""
    names, day = names_of({(it.unit_id, it.since) for it in found}), today()
    return [
        {
            "it": it,
            "name": it.board.name_on(it.since),
            "where": names[it.unit_id, it.since],
            "number": it.number,
            "is_over": it.until <= day,
        }
        for it in found
    ]


@official
def new_term(request):
    """Open a term."""
    scope = request.actor.scope("draft", BOARD)
    require(scope != frozenset(), _("Chức trách của ông/bà không lập nhiệm kỳ của Ban."))
    form = TermForm(
        request.actor,
        request.POST or None,
        initial={"unit": place_of(request.actor, scope), "since": show_day(today())},
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = {
                name: form.cleaned_data[name]
                for name in ("board", "since", "until", "staff", "is_dispersed")
            }
            made = actions.open_term(by=request.actor, **given)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("desk_board", uid=made.uid)
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=_("Nhiệm kỳ mới"),
        back="desk_boards",
        wide=(),
    )


def _term(request, uid):
    rows = BoardTerm.objects.viewed_by(request.actor).select_related("board", "unit", "project")
    return get_object_or_404(rows, uid=uid)


@official
def board(request, uid, status=200, fault="", typed=None):
    """One term: its members, who is still missing, the plans of its rounds, what may be done."""
    found, actor, day = _term(request, uid), request.actor, today()
    acts = TERM_LIFE.acts_of(found, actor)
    members = list(
        found.members.select_related("village")
        .prefetch_related("declarations")
        .order_by("left_on", "pk")
    )
    villages = {
        one.village_id: name_of(one.village_id, one.elected_on) for one in members if one.village_id
    }
    plans = RoundPlan.objects.filter(
        board=found.board, planned_on__gte=found.since, planned_on__lt=found.until
    ).select_related("notice")
    return page(
        request,
        "desk/board.html",
        status=status,
        it=found,
        name=found.board.name_on(found.since),
        where=name_of(found.unit_id, found.since),
        fault=fault,
        typed=typed or {},
        members=[(one, villages.get(one.village_id, "")) for one in members],
        roles=Role.choices,
        seats=Seat.choices,
        today=show_day(day),
        may_draft="elect" in acts,
        may_confirm="recognise" in acts,
        may_plan=actor.may("draft", ROUND, found.unit_id),
        is_commune=found.board.kind == COMMUNE,
        is_investment=found.board.kind == INVESTMENT,
        is_full=found.recognised_on and not must_be_filled(found, day),
        missing=seats_to_fill(found, members, day),
        plans=list(plans.order_by("-planned_on", "-pk")[:50]),
        day=day,
        entries=history(found),
    )


@official
@require_POST
def act(request, uid, act):
    """elect | leave | declare | recognise; what was typed stays when it is refused."""
    found, form = _term(request, uid), request.POST
    try:
        if act == "elect":
            _elect(request, found, form)
        elif act == "leave":
            if actions.leave_board(
                _member(found, form),
                by=request.actor,
                on=parse_day(form.get("on", "")),
                reason=form.get("reason", ""),
            ):
                messages.warning(request, _("Nhiệm kỳ còn từ 6 tháng: phải bầu bổ sung."))
        elif act == "declare":
            given = {
                "on": parse_day(form.get("on", "")),
                "text": form.get("text", ""),
                "is_kin": bool(form.get("is_kin")),
            }
            actions.declare_interest(_member(found, form), by=request.actor, **given)
        elif act == "recognise":
            actions.recognise_term(found, by=request.actor, on=parse_day(form.get("on", "")))
        else:
            raise Http404
    except Refused as refusal:
        return board(request, uid, status=400, fault=refusal.message, typed=form)
    messages.success(request, _("Đã ghi."))
    return redirect("desk_board", uid=found.uid)


def _member(term, form):
    text = form.get("member", "")
    member = term.members.filter(
        pk=int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
    ).first()
    if member is None:
        raise Refused(_("Hãy chọn thành viên."), "member")
    return member


def _elect(request, found, form):
    on = parse_day(form.get("elected_on", ""))
    village = unit_at(form["village"], on, None) if form.get("village", "").strip() else None
    declared = Declared(
        bool(form.get("is_official")),
        bool(form.get("is_resident")),
        bool(form.get("is_head")),
        bool(form.get("is_kin")),
        parse_day(form.get("declared_on", "")) if found.board.kind == INVESTMENT else None,
        form.get("text", ""),
    )
    actions.elect_member(
        found,
        by=request.actor,
        name=form.get("name", ""),
        elected_on=on,
        role=form.get("role", ""),
        village=village,
        declared=declared,
        seat=form.get("seat") or Seat.PEOPLE,
    )
