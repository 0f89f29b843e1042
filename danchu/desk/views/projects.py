"""Investment projects at the desk: the register, what the owner must do, the board of each."""

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
from danchu.desk.fields import CountField, DayField, unit_at
from danchu.desk.guard import official
from danchu.desk.lists import units_named
from danchu.desk.offices import place_of
from danchu.desk.rows import history
from danchu.inspection import actions
from danchu.inspection.models import BoardTerm, Capital, Finding, Item, Project, Recommendation
from danchu.inspection.moves import BOARD, RECOMMENDATION
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.look.sheets import csv_answer
from danchu.units.names import name_of, names_of

MOST_EXPORTED = 20_000
ON = Asked("on", gettext_lazy("Ngày"), "day")
FIELDS = {
    "found": (
        Asked("name", gettext_lazy("Tên Ban")),
        Asked("on", gettext_lazy("Ngày lập"), "day"),
        Asked("until", gettext_lazy("Dự kiến hoạt động đến"), "day"),
    ),
    "announce": (
        Asked("on", gettext_lazy("Ngày thông báo chủ đầu tư"), "day"),
        Asked(
            "starts_on",
            gettext_lazy("Ngày bắt đầu giám sát"),
            "day",
            help=gettext_lazy("Thông báo trước ít nhất 45 ngày."),
        ),
    ),
    "disclose": (
        Asked("items", gettext_lazy("Chủ đầu tư đã công khai"), "many", Item.choices),
        ON,
        Asked("where", gettext_lazy("Ở đâu, bằng cách nào")),
    ),
    "finish": (Asked("on", gettext_lazy("Ngày kết thúc dự án"), "day"),),
}
WORDS = {
    "found": gettext_lazy("Lập Ban Giám sát đầu tư của cộng đồng"),
    "announce": gettext_lazy("Thông báo chủ đầu tư"),
    "disclose": gettext_lazy("Ghi nội dung đã công khai"),
    "finish": gettext_lazy("Dự án kết thúc"),
}
DOES = {
    "found": actions.found_board,
    "announce": actions.announce_supervision,
    "disclose": actions.disclose_project,
    "finish": actions.finish_project,
}


class ProjectForm(forms.Form):
    """One investment of one place."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.CharField(
        label=gettext_lazy("Nơi"),
        max_length=120,
        help_text=gettext_lazy("Tên hoặc mã đơn vị vào ngày đó; không cần gõ dấu."),
    )
    name = forms.CharField(label=gettext_lazy("Tên dự án"), max_length=180)
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200, required=False)
    owner = forms.CharField(label=gettext_lazy("Chủ đầu tư"), max_length=200)
    capital = forms.ChoiceField(label=gettext_lazy("Nguồn vốn"), choices=Capital.choices)
    budget = CountField(label=gettext_lazy("Tổng mức đầu tư (đồng)"))
    decided_on = DayField(label=gettext_lazy("Ngày quyết định đầu tư"))
    begun_on = DayField(label=gettext_lazy("Ngày khởi công"))
    takes_land = forms.BooleanField(
        label=gettext_lazy("Có thu hồi đất, giải phóng mặt bằng"), required=False
    )

    def __init__(self, actor, *arguments, **more):
        super().__init__(*arguments, **more)
        self.scope = actor.scope("draft", BOARD)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("begun_on") and cleaned.get("unit"):
            try:
                cleaned["unit"] = unit_at(cleaned["unit"], cleaned["begun_on"], self.scope)
            except Refused as refusal:
                self.add_error("unit", refusal.message)
        return cleaned

    def refuse(self, refusal):
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


@official
def projects(request):
    """The projects of the reader's places, the newest first."""
    found = page_by_key(request, asked(request), ("begun_on", "name"))
    return page(
        request,
        "desk/projects.html",
        rows=lines(found.rows),
        found=found,
        asked=request.GET,
        capitals=Capital.choices,
        day=today(),
        may_draft=request.actor.scope("draft", BOARD) != frozenset(),
    )


@official
def projects_csv(request):
    """The same rows as a file."""
    head = [
        _("Dự án"),
        _("Nơi"),
        _("Chủ đầu tư"),
        _("Nguồn vốn"),
        _("Tổng mức đầu tư (đồng)"),
        _("Ngày khởi công"),
        _("Hạn công khai"),
        _("Công khai đủ ngày"),
        _("Thông báo chủ đầu tư"),
        _("Kết thúc"),
    ]
    rows = asked(request).order_by("-begun_on", "-pk")[:MOST_EXPORTED]
    return csv_answer("du-an", head, (_cells(line) for line in lines(list(rows))))


def _cells(line):
    it = line["it"]
    days = (
        it.begun_on,
        it.disclosure and it.disclosure.due_on,
        it.disclosed_on,
        it.notice and it.notice.done_on,
        it.ended_on,
    )
    return [
        it.name,
        line["where"],
        it.owner,
        it.get_capital_display(),
        it.budget,
        *(show_day(day) if day else "" for day in days),
    ]


def asked(request):
    scope = request.actor.scope("view", BOARD)
    rows = Project.objects.select_related("disclosure", "notice")
    rows = rows if scope is None else rows.filter(unit__in=scope)
    if request.GET.get("capital", "") in Capital.values:
        rows = rows.filter(capital=request.GET["capital"])
    if place := request.GET.get("unit", "").strip():
        rows = rows.filter(unit__in=units_named(place))
    if request.GET.get("state") == "running":
        rows = rows.running_on(today())
    elif request.GET.get("state") == "undisclosed":
        rows = rows.filter(disclosed_on=None, ended_on=None)
    return rows


def lines(found):
    """Each with the name of its place."""
    names = names_of({(it.unit_id, it.begun_on) for it in found})
    return [{"it": it, "where": names[it.unit_id, it.begun_on]} for it in found]


@official
def new_project(request):
    """Register a project."""
    scope = request.actor.scope("draft", BOARD)
    require(scope != frozenset(), _("Chức trách của ông/bà không ghi dự án."))
    form = ProjectForm(
        request.actor,
        request.POST or None,
        initial={"uid": uuid4(), "unit": place_of(request.actor, scope)},
    )
    if request.method == "POST" and form.is_valid():
        earlier = Project.objects.filter(uid=form.cleaned_data["uid"]).first()
        try:
            made = earlier or actions.register_project(by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("desk_project", uid=made.uid)
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=_("Dự án mới"),
        back="desk_projects",
        wide=("name", "place"),
    )


def _project(request, uid):
    scope = request.actor.scope("view", BOARD)
    rows = Project.objects.select_related("board", "disclosure", "notice")
    return get_object_or_404(rows if scope is None else rows.filter(unit__in=scope), uid=uid)


@official
def project(request, uid, status=200, fault="", typed=None):
    """One project: its board, what was disclosed and what was not, what was found and
    recommended.
    """
    found, actor, day = _project(request, uid), request.actor, today()
    disclosed = list(found.disclosures.order_by("disclosed_on", "pk"))
    missing = [item for item in found.items if item not in {one.item for one in disclosed}]
    may = {
        "found": not found.board_id and actor.may("confirm", BOARD, found.unit_id),
        "announce": not found.notice_id and actor.may("confirm", BOARD, found.unit_id),
        "disclose": missing and actor.may("draft", BOARD, found.unit_id),
        "finish": actor.may("confirm", BOARD, found.unit_id),
    }
    able = [] if found.ended_on else [act for act, able in may.items() if able]
    choices = {
        **FIELDS,
        "disclose": (
            Asked(
                "items",
                FIELDS["disclose"][0].label,
                "many",
                tuple((item, Item(item).label) for item in missing),
            ),
            *FIELDS["disclose"][1:],
        ),
    }
    return page(
        request,
        "desk/project.html",
        status=status,
        it=found,
        fault=fault,
        typed=typed or {},
        here=reverse("desk_project", args=[uid]),
        day=day,
        where=name_of(found.unit_id, found.begun_on),
        board=found.board and found.board.name_on(day),
        disclosed=disclosed,
        missing=[Item(item).label for item in missing],
        terms=list(BoardTerm.objects.filter(project=found).order_by("-since")),
        findings=list(
            Finding.objects.counted().filter(project=found).order_by("-found_on", "-pk")[:50]
        ),
        entries=history(found),
        recommendations=list(
            Recommendation.objects.visible_to(actor).filter(project=found).order_by("-pk")[:50]
        ),
        may_recommend=found.board_id and actor.may("draft", RECOMMENDATION, found.unit_id),
        forms=act_forms(
            able,
            WORDS,
            choices,
            typed,
            {"on": show_day(day), "name": _("Ban Giám sát đầu tư của cộng đồng %s") % found.name},
        ),
    )


@official
@require_POST
def act(request, uid, act):
    """found | announce | disclose | finish; what was typed stays when it is refused."""
    found = _project(request, uid)
    if act not in DOES:
        raise Http404
    try:
        done = DOES[act](found, by=request.actor, **given(FIELDS[act], request.POST))
    except Refused as refusal:
        return project(request, uid, 400, refusal.message, typed_in(request, act))
    messages.success(request, _("Đã ghi."))
    return (
        redirect("desk_board", uid=done.uid)
        if act == "found"
        else redirect("desk_project", uid=uid)
    )
