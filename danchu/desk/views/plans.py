"""Plans of rounds at the desk: the list, a new one, that it was sent, that it is called off."""

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
from danchu.inspection.actions.plans import PLANNED
from danchu.inspection.models import RoundPlan, Span
from danchu.inspection.moves import ROUND
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.look.sheets import csv_answer
from danchu.units.names import name_of, names_of

MOST_EXPORTED = 20_000
FIELDS = {
    "notify": (Asked("on", gettext_lazy("Ngày gửi"), "day"),),
    "cancel": (Asked("on", gettext_lazy("Ngày bỏ"), "day"), Asked("reason", gettext_lazy("Lý do"))),
}
WORDS = {"notify": gettext_lazy("Đã gửi kế hoạch"), "cancel": gettext_lazy("Bỏ kế hoạch")}
DOES = {"notify": actions.notify_round, "cancel": actions.cancel_plan}


class PlanForm(forms.Form):
    """One planned round of one board."""

    board = forms.ChoiceField(label=gettext_lazy("Ban"))
    span = forms.ChoiceField(
        label=gettext_lazy("Trong kế hoạch của"),
        choices=[(span.value, span.label) for span in PLANNED],
    )
    planned_on = DayField(label=gettext_lazy("Ngày dự kiến"))
    title = forms.CharField(label=gettext_lazy("Kiểm tra, giám sát việc gì"), max_length=200)
    subject = forms.CharField(
        label=gettext_lazy("Đối tượng được kiểm tra, giám sát"), max_length=200, required=False
    )

    def __init__(self, boards, *arguments, **more):
        super().__init__(*arguments, **more)
        self.boards = boards
        self.fields["board"].choices = board_choices(boards)

    def values(self):
        return {**self.cleaned_data, "board": self.boards[self.cleaned_data["board"]]}

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


@official
def plans(request):
    """The planned rounds the reader may see, the latest first."""
    found = page_by_key(request, asked(request), ("planned_on",))
    return page(
        request,
        "desk/plans.html",
        rows=lines(found.rows),
        found=found,
        asked=request.GET,
        spans=Span.choices[:4],
        day=today(),
        may_draft=request.actor.scope("draft", ROUND) != frozenset(),
    )


@official
def plans_csv(request):
    """The same rows as a file."""
    head = [
        _("Ngày dự kiến"),
        _("Nội dung"),
        _("Đối tượng"),
        _("Ban"),
        _("Nơi"),
        _("Kỳ"),
        _("Phải gửi trước"),
        _("Ngày gửi"),
        _("Đã bỏ"),
    ]
    rows = asked(request).order_by("-planned_on", "-pk")[:MOST_EXPORTED]
    return csv_answer("ke-hoach-giam-sat", head, (_cells(line) for line in lines(list(rows))))


def _cells(line):
    it = line["it"]
    days = [
        show_day(day) if day else "" for day in (it.notice.due_on, it.notified_on, it.cancelled_on)
    ]
    return [
        show_day(it.planned_on),
        it.title,
        it.subject,
        line["board"],
        line["where"],
        it.get_span_display(),
        *days,
    ]


def asked(request):
    scope = request.actor.scope("view", ROUND)
    rows = RoundPlan.objects.select_related("notice", "board").prefetch_related("board__standings")
    rows = rows if scope is None else rows.filter(unit__in=scope)
    if request.GET.get("span", "") in Span.values:
        rows = rows.filter(span=request.GET["span"])
    if place := request.GET.get("unit", "").strip():
        rows = rows.filter(unit__in=units_named(place))
    if request.GET.get("state") == "open":
        rows = rows.filter(notified_on=None, cancelled_on=None)
    return rows


def lines(found):
    """Each with the names of its board and place."""
    names = names_of({(it.unit_id, it.planned_on) for it in found})
    return [
        {
            "it": it,
            "board": it.board.name_on(it.planned_on),
            "where": names[it.unit_id, it.planned_on],
        }
        for it in found
    ]


@official
def new_plan(request):
    """Plan a round."""
    require(
        request.actor.scope("draft", ROUND) != frozenset(),
        _("Chức trách của ông/bà không lập kế hoạch của Ban."),
    )
    boards = boards_of(
        request.actor, "draft", ROUND, request.POST.get("board") or request.GET.get("board", "")
    )
    form = PlanForm(
        boards,
        request.POST or None,
        initial={"board": request.GET.get("board", ""), "span": Span.QUARTER},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_round(by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request,
                _("Đã ghi: phải gửi kế hoạch chậm nhất ngày %s.") % show_day(made.notice.due_on),
            )
            return redirect("desk_plan", uid=made.uid)
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=_("Kế hoạch mới"),
        back="desk_plans",
        wide=("title", "subject"),
    )


def _plan(request, uid):
    scope = request.actor.scope("view", ROUND)
    rows = RoundPlan.objects.select_related("notice", "board")
    return get_object_or_404(rows if scope is None else rows.filter(unit__in=scope), uid=uid)


@official
def plan(request, uid, status=200, fault="", typed=None):
    """One planned round: its notice, and what may be done now."""
    found, actor = _plan(request, uid), request.actor
    may = {
        "notify": not found.notified_on and actor.may("draft", ROUND, found.unit_id),
        "cancel": actor.may("withdraw", ROUND, found.unit_id),
    }
    able = [] if found.cancelled_on else [act for act, able in may.items() if able]
    return page(
        request,
        "desk/plan.html",
        status=status,
        it=found,
        fault=fault,
        typed=typed or {},
        day=today(),
        here=reverse("desk_plan", args=[uid]),
        where=name_of(found.unit_id, found.planned_on),
        board=found.board.name_on(found.planned_on),
        entries=history(found),
        may_write=not found.cancelled_on
        and not found.rounds.filter(event__isnull=False).exists()
        and actor.may("draft", ROUND, found.unit_id),
        forms=act_forms(able, WORDS, FIELDS, typed, {"on": show_day(today())}),
    )


@official
@require_POST
def act(request, uid, act):
    """notify | cancel; what was typed stays when it is refused."""
    found = _plan(request, uid)
    if act not in DOES:
        raise Http404
    try:
        DOES[act](found, by=request.actor, **given(FIELDS[act], request.POST))
    except Refused as refusal:
        return plan(request, uid, 400, refusal.message, typed_in(request, act))
    messages.success(request, _("Đã ghi."))
    return redirect("desk_plan", uid=uid)
