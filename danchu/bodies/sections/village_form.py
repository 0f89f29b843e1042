"""Forms of villages and residential groups: a new one, and what each act asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.bodies.decrees import decree_of
from danchu.bodies.lives import VILLAGE, commune_of
from danchu.bodies.sections.body_form import GroundFields
from danchu.kernel.days import today
from danchu.people.offices_held import place_of, unit_of_office
from danchu.subjects.editing import SeenForm
from danchu.subjects.fields import DayField, unit_at
from danchu.subjects.forms import ActForm, RecordForm
from danchu.subjects.places import UnitField
from danchu.units.kinds import KINDS_OF, UnitKind
from danchu.units.models import Standing, Unit
from danchu.units.names import names_on

KINDS = [(kind.value, kind.label) for kind in UnitKind if kind in KINDS_OF["village"]]
# What the parts of a ward or township are called; those of a commune are most often thôn.
USUAL_KINDS = {
    UnitKind.PHUONG: UnitKind.TO_DAN_PHO,
    UnitKind.THI_TRAN: UnitKind.TO_DAN_PHO,
    UnitKind.XA: UnitKind.THON,
}


class DecreeFields(GroundFields):
    """The decision of the commune; `values` has it as `decree`."""

    def commune(self):
        """The commune whose decision it is, from the cleaned values; None where there is none."""
        return commune_of(self.row)

    def clean(self):
        cleaned = super().clean()
        commune = self.commune()
        if commune is not None and "decided_on" in cleaned:
            decision = cleaned.get("decision", "")
            cleaned["decree"] = self.check(decree_of, commune, decision, cleaned["decided_on"])
        return cleaned

    def values(self):
        values = dict(self.cleaned_data)
        for name in GroundFields.base_fields:
            values.pop(name, None)
        return values


class VillageForm(DecreeFields, RecordForm):
    """A new village of a commune."""

    field_order = ("unit", "kind", "name", "since", "code", "decision", "decided_on")
    shown_on = {"commune": "unit"}
    unit = UnitField(label=_("Xã, phường, đặc khu"), day_field="since", level="commune")
    kind = forms.ChoiceField(
        label=_("Loại"),
        required=False,
        choices=[("", _("Theo nơi: thôn ở xã, tổ dân phố ở phường")), *KINDS],
    )
    name = forms.CharField(
        label=_("Tên"), max_length=200, help_text=_("Ví dụ Thôn Đông, Tổ dân phố số 5.")
    )
    since = DayField(label=_("Từ ngày"))
    code = forms.CharField(label=_("Mã"), max_length=12, required=False)

    def prepare(self):
        self.scope = self.actor.scope("reorganise", VILLAGE)
        self.initial["unit"] = place_of(self.actor, self.scope)
        self.initial["kind"] = usual_kind(unit_of_office(self.actor, self.scope), today())

    def commune(self):
        unit = self.cleaned_data.get("unit")
        return unit if isinstance(unit, Unit) else None

    def clean(self):
        typed = self.cleaned_data
        if typed.get("unit") and typed.get("since"):
            typed["unit"] = self.check(unit_at, typed["unit"], typed["since"], self.scope)
            typed["kind"] = typed.get("kind") or usual_kind(typed["unit"], typed["since"])
            if typed["unit"] is not None and not typed["kind"]:
                self.add_error("kind", _("Hãy chọn loại: nơi này có cả thôn và tổ dân phố."))
        return super().clean()


class RenameVillageForm(DecreeFields, SeenForm):
    field_order = ("name", "kind", "on", "decision", "decided_on")
    name = forms.CharField(label=_("Tên mới"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS)
    on = DayField(label=_("Mang tên mới từ ngày"))

    def prepare(self):
        self.initial["kind"] = last_standing(self.row).kind

    def beside(self):
        return [last_standing(self.row)]


class CloseVillageForm(DecreeFields, ActForm):
    field_order = ("on", "decision", "decided_on")
    on = DayField(
        label=_("Kết thúc từ ngày"), help_text=_("Ngày hoạt động cuối cùng là hôm trước ngày này.")
    )


class MergeVillagesForm(DecreeFields, ActForm):
    wide = ("others",)
    field_order = ("others", "name", "kind", "on", "decision", "decided_on")
    others = forms.MultipleChoiceField(
        label=_("Nhập cùng với"), widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(label=_("Tên mới"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS)
    on = DayField(label=_("Nhập từ ngày"))

    def prepare(self):
        self.initial["kind"] = last_standing(self.row).kind
        self.fields["others"].choices = [
            (str(row.unit_id), row.name) for row in neighbours(self.row)
        ]

    def values(self):
        values = super().values()
        others = Unit.objects.in_bulk([int(key) for key in values.pop("others")])
        return {**values, "others": [others[key] for key in sorted(others)]}


class DivideVillageForm(DecreeFields, ActForm):
    wide = ("parts",)
    field_order = ("parts", "kind", "on", "decision", "decided_on")
    parts = forms.CharField(
        label=_("Tên các thôn, tổ dân phố mới"),
        max_length=4000,
        help_text=_("Mỗi dòng một tên."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS)
    on = DayField(label=_("Chia từ ngày"))

    def prepare(self):
        self.initial["kind"] = last_standing(self.row).kind

    def values(self):
        values = super().values()
        kind = values.pop("kind")
        names = [line.strip() for line in values.pop("parts").splitlines() if line.strip()]
        return {**values, "parts": [(name, kind) for name in names]}


def usual_kind(commune, day):
    """The kind of the villages of a commune on the day; "" where that is not certain."""
    name = names_on(day).get(getattr(commune, "pk", commune))
    return USUAL_KINDS.get(name.kind, "") if name else ""


def last_standing(village):
    return Standing.objects.filter(unit=village).latest("since")


def neighbours(village):
    """The present standings of the other villages of the commune, in the order of names."""
    commune = commune_of(village)
    if commune is None:
        return []
    rows = Standing.objects.filter(parent=commune, unit__level="village", until=None)
    return rows.exclude(unit=village).order_by("order", "pk")
