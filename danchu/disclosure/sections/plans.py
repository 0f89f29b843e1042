"""The yearly plan of disclosure: at the desk, and for everyone once it was adopted."""

from dataclasses import replace
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.disclosure import actions
from danchu.disclosure.actions.plans import LONGEST_LINE, LONGEST_TITLE
from danchu.disclosure.actions.yearly import PLANNED
from danchu.disclosure.lives import DISCLOSURE, PLAN_LIFE, Form, PlaceKind, PlanState
from danchu.disclosure.models import Content, Item, Plan, YearlyDuty
from danchu.disclosure.sections.content_form import item_choices
from danchu.kernel.days import show_day, today
from danchu.people.offices_held import place_of
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.editing import SeenForm
from danchu.subjects.fields import DayField, unit_at
from danchu.subjects.filters import Choice, Last, Place, Since
from danchu.subjects.forms import ActForm, DayForm, ReasonForm, RecordForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.places import UnitField
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.verbs import KNOW
from danchu.subjects.waiting import Wait


class PlanForm(RecordForm):
    """The plan of a year."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField()
    year = forms.IntegerField(label=_("Năm"), min_value=2023, max_value=2099)
    responsible = forms.CharField(
        label=_("Chức danh phụ trách"), max_length=LONGEST_LINE, required=False
    )

    def prepare(self):
        self.scope = self.actor.scope("draft", DISCLOSURE)
        self.initial |= {
            "uid": uuid4(),
            "unit": place_of(self.actor, self.scope),
            "year": today().year,
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("unit"):
            cleaned["unit"] = self.check(unit_at, cleaned["unit"], today(), self.scope)
        return cleaned


class LineForm(ActForm):
    """One content of the plan."""

    wide = ("item", "title", "planned_forms", "planned_places")
    item = forms.ChoiceField(label=_("Mục của danh mục"))
    title = forms.CharField(
        label=_("Nội dung công khai"),
        max_length=LONGEST_TITLE,
        help_text=_("Sẽ công khai: không ghi tên, địa chỉ của ai."),
    )
    planned_on = DayField(label=_("Ngày dự kiến ban hành"))
    planned_forms = forms.MultipleChoiceField(
        label=_("Hình thức"),
        choices=Form.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Để trống: các hình thức bắt buộc của mục."),
    )
    planned_places = forms.MultipleChoiceField(
        label=_("Nơi công khai"),
        choices=PlaceKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Để trống: các nơi bắt buộc của mục."),
    )

    def prepare(self):
        rows = Item.objects.on(today()).general().filter(sphere="commune", number__gt=0)
        self.fields["item"].choices = item_choices(rows)

    def values(self):
        values = super().values()
        for name in ("forms", "places"):
            values[name] = values.pop(f"planned_{name}")
        return values


class StrikeForm(ActForm):
    line = forms.ChoiceField(label=_("Dòng"))

    def prepare(self):
        rows = self.row.lines.filter(is_struck=False).order_by("planned_on", "pk")
        self.rows = {str(line.uid): line for line in rows}
        self.fields["line"].choices = [
            (uid, f"{show_day(line.planned_on)} · {line.title}") for uid, line in self.rows.items()
        ]

    def values(self):
        return {"line": self.rows[self.cleaned_data["line"]]}


class AdoptForm(SeenForm, DayForm):
    document = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=LONGEST_LINE)

    def beside(self):
        return self.row.lines.order_by("pk")


def _rows(actor):
    return Plan.objects.viewed_by(actor)


def _public_rows(actor):
    return Plan.objects.public()


def _facts(plan, actor):
    lines = list(plan.lines.order_by("planned_on", "pk"))
    contents = Content.objects.known().filter(
        origin_kind=PLANNED, origin_uid__in=[line.uid for line in lines]
    )
    by_line = {content.origin_uid: content for content in contents}
    numbers = dict(Item.objects.values_list("key", "number"))
    return {
        "lines": [
            {
                "row": line,
                "number": numbers.get(line.item),
                "forms": [Form(form).label for form in line.forms],
                "places": [PlaceKind(kind).label for kind in line.places],
                "content": by_line.get(line.uid),
            }
            for line in lines
        ],
        "yearly": list(YearlyDuty.objects.on(today()).order_by("month", "day", "pk")),
    }


LISTING = Listing(
    name="disclosure-plans",
    title=_("Kế hoạch công khai"),
    rows=_rows,
    placed=lambda plan: (plan.unit_id, plan.adopted_on or today()),
    sorted_by="year",
    columns=(
        Column("year", _("Năm"), sort="year", is_number=False),
        Column("title", _("Kế hoạch"), links=True, under=lambda line: line.where),
        Column("document", _("Số, ký hiệu văn bản")),
        Column("adopted_on", _("Ngày ban hành"), sort="adopted_on"),
        state_column(),
        PLACE,
    ),
    filters={
        "unit": Place(),
        "state": Choice(PlanState.choices, _("Trạng thái"), "state"),
        "since": Since("adopted_on"),
        "last": Last("adopted_on"),
    },
    lacks={"q": "each is called by its place and year"},
    file_name="ke-hoach-cong-khai",
    empty=_("Chưa có kế hoạch nào."),
    advice=_(
        "Mỗi năm một kế hoạch: nội dung, hình thức, nơi, ngày. Đến ngày thì nội dung tự vào danh "
        "sách phải công khai. Năm sau lập lại từ năm trước bằng một lần bấm."
    ),
)

PLANS = Section(
    one="disclosure_plan",
    verb=KNOW,
    listing=LISTING,
    life=PLAN_LIFE,
    above=("desk_disclosures", _("Nội dung công khai")),
    record=Record(template="disclosure/plan.html", rows=_rows, facts=_facts),
    new=New(
        title=_("Kế hoạch công khai mới"),
        word=_("Lập kế hoạch"),
        form=PlanForm,
        create=actions.begin_plan,
        allows=may_begin("draft", DISCLOSURE),
        denied=_("Chức trách của ông/bà không lập kế hoạch công khai."),
    ),
    acts=(
        Act("add", _("Thêm nội dung"), actions.add_line, LineForm),
        Act(
            "strike",
            _("Bỏ một dòng"),
            actions.strike_line,
            StrikeForm,
            offered=lambda plan: plan.lines.filter(is_struck=False).exists(),
        ),
        Act("adopt", _("Ban hành"), actions.adopt_plan, AdoptForm),
        Act("repeat", _("Lập kế hoạch năm sau từ kế hoạch này"), actions.repeat_plan),
        Act("withdraw", _("Bỏ bản nháp"), actions.withdraw_plan, ReasonForm),
    ),
    waits=(Wait("adopt", (PlanState.DRAFT,), "draft", DISCLOSURE),),
)
PUBLIC_PLANS = Section(
    one="disclosure_plan",
    verb=KNOW,
    listing=replace(
        LISTING,
        rows=_public_rows,
        filters={**LISTING.filters, "unit": Place(by_number=True)},
        lead=_("Trong năm xã, phường sẽ công khai những gì, khi nào, ở đâu; đã làm đến đâu."),
        advice="",
    ),
    record=Record(template="disclosure/public_plan.html", rows=_public_rows, facts=_facts),
)
