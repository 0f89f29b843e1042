"""Investment projects: the list, a new one, and its acts."""

from uuid import uuid4

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from danchu.inspection import actions
from danchu.inspection.lives import PROJECT_LIFE, ProjectState, project_state, undisclosed_items
from danchu.inspection.models import BoardTerm, Capital, Finding, Item, Project, Recommendation
from danchu.inspection.moves import BOARD, RECOMMENDATION
from danchu.inspection.sections.shared import BOARDS
from danchu.kernel.days import show_day, today
from danchu.people.offices_held import place_of
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.fields import CountField, DayField, unit_at
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ActForm, DayForm, RecordForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.places import UnitField
from danchu.subjects.sections import Act, New, Record, Section, ToRecord, may_begin
from danchu.subjects.verbs import CHECK

STATES = {
    "running": lambda rows: rows.running_on(today()),
    "ended": Q(ended_on__isnull=False),
    "undisclosed": Q(disclosed_on=None, ended_on=None),
}


class ProjectForm(RecordForm):
    """One investment project at one unit."""

    wide = ("name",)
    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(day_field="begun_on")
    name = forms.CharField(label=_("Tên dự án"), max_length=180)
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    owner = forms.CharField(label=_("Chủ đầu tư"), max_length=200)
    capital = forms.ChoiceField(label=_("Nguồn vốn"), choices=Capital.choices)
    budget = CountField(label=_("Tổng mức đầu tư (đồng)"))
    decided_on = DayField(label=_("Ngày quyết định đầu tư"))
    begun_on = DayField(label=_("Ngày khởi công"))
    takes_land = forms.BooleanField(label=_("Có thu hồi đất, giải phóng mặt bằng"), required=False)

    def prepare(self):
        self.scope = self.actor.scope("draft", BOARD)
        self.initial["uid"] = uuid4()
        self.initial["unit"] = place_of(self.actor, self.scope)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("begun_on") and cleaned.get("unit"):
            day = cleaned["begun_on"]
            cleaned["unit"] = self.check(unit_at, cleaned["unit"], day, self.scope)
        return cleaned


class FoundForm(DayForm):
    wide = ("name",)
    name = forms.CharField(label=_("Tên Ban"), max_length=200)
    on = DayField(label=_("Ngày lập"))
    until = DayField(label=_("Dự kiến hoạt động đến"))

    def prepare(self):
        super().prepare()
        name = _("Ban Giám sát đầu tư của cộng đồng %s") % self.row.name
        self.initial["name"] = name


class AnnounceForm(DayForm):
    on = DayField(label=_("Ngày thông báo chủ đầu tư"))
    starts_on = DayField(
        label=_("Ngày bắt đầu giám sát"), help_text=_("Thông báo trước ít nhất 45 ngày.")
    )


class DiscloseForm(ActForm):
    wide = ("items",)
    items = forms.MultipleChoiceField(
        label=_("Chủ đầu tư đã công khai"), widget=forms.CheckboxSelectMultiple
    )
    on = DayField(label=_("Ngày"))
    where = forms.CharField(label=_("Ở đâu, bằng cách nào"), max_length=200)

    def prepare(self):
        items = undisclosed_items(self.row)
        self.fields["items"].choices = [(item, Item(item).label) for item in items]
        self.initial["on"] = show_day(today())


class FinishForm(DayForm):
    on = DayField(label=_("Ngày kết thúc dự án"))


def facts(project, actor):
    """The context of the page of a project."""
    day = today()
    findings = Finding.objects.counted().filter(project=project)
    recommendations = Recommendation.objects.visible_to(actor).filter(project=project)
    return {
        "board": project.board and project.board.name_on(day),
        "disclosed": list(project.disclosures.order_by("disclosed_on", "pk")),
        "missing": [Item(item).label for item in undisclosed_items(project)],
        "terms": list(BoardTerm.objects.filter(project=project).order_by("-since")),
        "findings": list(findings.order_by("-found_on", "-pk")),
        "recommendations": list(recommendations.order_by("-pk")),
        "may_recommend": project.board_id and actor.may("draft", RECOMMENDATION, project.unit_id),
    }


def _rows(actor):
    return Project.objects.viewed_by(actor).select_related("disclosure", "notice")


def _due_on(line):
    return line.row.disclosure and line.row.disclosure.due_on


def _announced_on(line):
    return line.row.notice and line.row.notice.done_on


LISTING = Listing(
    name="projects",
    title=_("Dự án đầu tư"),
    rows=_rows,
    placed=lambda project: (project.unit_id, project.begun_on),
    columns=(
        Column("begun_on", _("Ngày khởi công"), sort="begun_on"),
        Column(
            "name",
            pgettext_lazy("list", "Dự án"),
            sort="name",
            links=True,
            under=lambda line: f"{line.row.owner} · {line.where}",
        ),
        Column("capital", _("Nguồn vốn"), lambda line: line.row.get_capital_display()),
        Column("due_on", _("Hạn công khai"), _due_on),
        Column("disclosed_on", _("Công khai đủ ngày")),
        state_column(lambda line: project_state(line.row).label),
        PLACE,
        Column("owner", _("Chủ đầu tư"), on_page=False),
        Column("budget", _("Tổng mức đầu tư (đồng)"), on_page=False),
        Column("announced_on", _("Thông báo chủ đầu tư"), _announced_on, on_page=False),
        Column("ended_on", _("Kết thúc"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "capital": Choice(Capital.choices, _("Nguồn vốn"), "capital"),
        "state": Choice(
            [*ProjectState.choices, ("undisclosed", _("Chưa công khai đủ"))],
            _("Trạng thái"),
            conditions=STATES,
        ),
        "since": Since("begun_on"),
        "last": Last("begun_on"),
        "q": Words("name", "owner"),
    },
    file_name="du-an",
    empty=_("Chưa có dự án nào."),
    advice=_("Dự án mà cộng đồng giám sát được ghi ở đây, với nội dung phải công khai."),
)

PROJECTS = Section(
    one="project",
    verb=CHECK,
    listing=LISTING,
    life=PROJECT_LIFE,
    above=BOARDS,
    record=Record(
        template="inspection/project.html",
        rows=lambda actor: Project.objects.viewed_by(actor).select_related(
            "board", "disclosure", "notice", "unit"
        ),
        title=lambda project: project.name,
        state=lambda project: project.get_capital_display(),
        facts=facts,
    ),
    new=New(
        title=_("Dự án mới"),
        word=_("Ghi dự án"),
        form=ProjectForm,
        create=actions.register_project,
        allows=may_begin("draft", BOARD),
        denied=_("Chức trách của ông/bà không ghi dự án."),
        offline=True,
    ),
    acts=(
        Act(
            "found",
            _("Lập Ban Giám sát đầu tư của cộng đồng"),
            actions.found_board,
            FoundForm,
            after=ToRecord("desk_board"),
        ),
        Act("announce", _("Thông báo chủ đầu tư"), actions.announce_supervision, AnnounceForm),
        Act("disclose", _("Ghi nội dung đã công khai"), actions.disclose_project, DiscloseForm),
        Act("finish", _("Dự án kết thúc"), actions.finish_project, FinishForm),
    ),
)
