"""Violations at the desk: the list, writing one down, put right on the spot, taken back, or
recommended.
"""

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
from danchu.inspection.models import Finding, Project, Recommendation
from danchu.inspection.moves import RECOMMENDATION, REMEDY, ROUND, State
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.look.sheets import csv_answer
from danchu.units.names import name_of, names_of

MOST_EXPORTED = 20_000
WHICH = {
    "open": {"resolved_on": None, "withdrawn_on": None},
    "resolved": {"resolved_on__isnull": False},
    "withdrawn": {"withdrawn_on__isnull": False},
}
FIELDS = {
    "resolve": (
        Asked("on", gettext_lazy("Ngày giải quyết xong"), "day"),
        Asked("outcome", gettext_lazy("Đã giải quyết thế nào, sẽ công khai"), "text"),
        Asked("money", gettext_lazy("Tiền thu hồi (đồng)"), "number"),
        Asked("land", gettext_lazy("Đất thu hồi (m²)"), "number"),
        Asked("reduced", gettext_lazy("Giảm trừ quyết toán (đồng)"), "number"),
    ),
    "withdraw": (
        Asked("on", gettext_lazy("Ngày"), "day"),
        Asked("reason", gettext_lazy("Vì sao không phải vi phạm")),
    ),
}
WORDS = {
    "resolve": gettext_lazy("Đã giải quyết tại chỗ"),
    "withdraw": gettext_lazy("Không phải vi phạm"),
}
DOES = {"resolve": actions.resolve_finding, "withdraw": actions.withdraw_finding}


class FindingForm(forms.Form):
    """One violation that one board found."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    board = forms.ChoiceField(label=gettext_lazy("Ban"))
    number = forms.CharField(label=gettext_lazy("Số trong sổ"), max_length=60, required=False)
    found_on = DayField(label=gettext_lazy("Ngày phát hiện"))
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200, required=False)
    project = forms.ChoiceField(
        label=gettext_lazy("Dự án"),
        required=False,
        help_text=gettext_lazy("Chỉ với Ban Giám sát đầu tư của cộng đồng."),
    )
    title = forms.CharField(
        label=gettext_lazy("Vụ việc vi phạm"),
        max_length=180,
        help_text=gettext_lazy("Sẽ công khai khi kiến nghị: không ghi tên, địa chỉ của công dân."),
    )
    detail = forms.CharField(
        label=gettext_lazy("Mô tả"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, boards, *arguments, **more):
        super().__init__(*arguments, **more)
        self.boards = boards
        self.projects = {
            str(one.pk): one
            for one in Project.objects.filter(board__in=boards.values()).order_by("name")
        }
        self.fields["board"].choices = board_choices(boards)
        self.fields["project"].choices = [
            ("", "–"),
            *((key, one.name) for key, one in self.projects.items()),
        ]

    def values(self):
        given = self.cleaned_data
        return {
            **given,
            "board": self.boards[given["board"]],
            "project": self.projects.get(given["project"]),
        }

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


@official
def findings(request):
    """The violations of the reader's places, the newest first."""
    found = page_by_key(request, asked(request), ("found_on",))
    return page(
        request,
        "desk/findings.html",
        rows=lines(found.rows),
        found=found,
        asked=request.GET,
        may_draft=request.actor.scope("draft", ROUND) != frozenset(),
    )


@official
def findings_csv(request):
    """The same rows as a file."""
    head = [
        _("Số"),
        _("Ngày phát hiện"),
        _("Vụ việc vi phạm"),
        _("Nơi"),
        _("Đã kiến nghị"),
        _("Ngày giải quyết xong"),
        _("Tiền thu hồi (đồng)"),
        _("Đất thu hồi (m²)"),
        _("Giảm trừ quyết toán (đồng)"),
    ]
    rows = asked(request).order_by("-found_on", "-pk")[:MOST_EXPORTED]
    return csv_answer("vu-viec-vi-pham", head, (_cells(line) for line in lines(list(rows))))


def _cells(line):
    it = line["it"]
    return [
        it.number,
        show_day(it.found_on),
        it.title,
        line["where"],
        _("có") if it.is_recommended else _("không"),
        show_day(it.resolved_on) if it.resolved_on else "",
        it.money,
        it.land,
        it.reduced,
    ]


def asked(request):
    scope = request.actor.scope("view", ROUND)
    rows = Finding.objects.all() if scope is None else Finding.objects.filter(unit__in=scope)
    which = request.GET.get("which", "")
    rows = rows.filter(**WHICH[which]) if which in WHICH else rows
    if request.GET.get("unit", "").strip():
        rows = rows.filter(unit__in=units_named(request.GET["unit"]))
    return rows


def lines(found):
    """Each with the name of its place."""
    names = names_of({(it.unit_id, it.found_on) for it in found})
    return [{"it": it, "where": names[it.unit_id, it.found_on]} for it in found]


@official
def new_finding(request):
    """Write one down."""
    require(
        request.actor.scope("draft", ROUND) != frozenset(),
        _("Chức trách của ông/bà không ghi vụ việc vi phạm."),
    )
    boards = boards_of(
        request.actor, "draft", ROUND, request.POST.get("board") or request.GET.get("board", "")
    )
    form = FindingForm(
        boards,
        request.POST or None,
        initial={
            "uid": uuid4(),
            "board": request.GET.get("board", ""),
            "found_on": show_day(today()),
        },
    )
    if request.method == "POST" and form.is_valid():
        earlier = (
            Finding.objects.visible_to(request.actor).filter(uid=form.cleaned_data["uid"]).first()
        )
        try:
            made = earlier or actions.record_finding(by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("desk_finding", uid=made.uid)
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=_("Ghi vụ việc vi phạm"),
        back="desk_findings",
        wide=("title", "detail"),
    )


def _finding(request, uid):
    scope = request.actor.scope("view", ROUND)
    rows = Finding.objects.select_related("board", "round", "project")
    return get_object_or_404(rows if scope is None else rows.filter(unit__in=scope), uid=uid)


@official
def finding(request, uid, status=200, fault="", typed=None):
    """One violation: what became of it and what may be done."""
    found, actor = _finding(request, uid), request.actor
    recommended = (
        Recommendation.objects.filter(violation=found).exclude(state=State.WITHDRAWN).first()
    )
    is_open = not found.resolved_on and not found.withdrawn_on
    may = {
        "resolve": not recommended and actor.may("confirm", REMEDY, found.unit_id),
        "withdraw": not recommended
        and not found.is_recommended
        and actor.may("withdraw", ROUND, found.unit_id),
    }
    able = [act for act, able in may.items() if able and is_open]
    return page(
        request,
        "desk/finding.html",
        status=status,
        it=found,
        fault=fault,
        typed=typed or {},
        here=reverse("desk_finding", args=[uid]),
        where=name_of(found.unit_id, found.found_on),
        board=found.board.name_on(found.found_on),
        recommended=recommended,
        entries=history(found),
        may_recommend=is_open
        and not Recommendation.objects.filter(violation=found).exists()
        and actor.may("draft", RECOMMENDATION, found.unit_id),
        forms=act_forms(able, WORDS, FIELDS, typed, {"on": show_day(today())}),
    )


@official
@require_POST
def act(request, uid, act):
    """resolve | withdraw; what was typed stays when it is refused."""
    found = _finding(request, uid)
    if act not in DOES:
        raise Http404
    try:
        DOES[act](found, by=request.actor, **given(FIELDS[act], request.POST))
    except Refused as refusal:
        return finding(request, uid, 400, refusal.message, typed_in(request, act))
    messages.success(request, _("Đã ghi."))
    return redirect("desk_finding", uid=uid)
