"""Forms of bodies: a new one, and what each act asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.bodies.lives import BOARD, BODY
from danchu.kernel.days import show_day, today
from danchu.people.offices_held import place_of
from danchu.subjects.editing import SeenForm
from danchu.subjects.fields import DayField, set_body, unit_at
from danchu.subjects.forms import ActForm, DayForm, RecordForm
from danchu.subjects.places import BodyField, UnitField
from danchu.units.body_checks import LONGEST_DECISION, LONGEST_NAME
from danchu.units.choices import typed_of_unit
from danchu.units.kinds import BodyKind, right_over


class GroundFields(forms.Form):
    """The decision behind a change of a body."""

    decision = forms.CharField(
        label=_("Số văn bản"),
        max_length=LONGEST_DECISION,
        required=False,
        help_text=_("Ví dụ 12/QĐ-UBND; để trống nếu chưa rõ."),
    )
    decided_on = DayField(label=_("Ngày ban hành"), required=False)


def kinds_for(actor):
    """[(kind, label)] of the kinds of bodies that the actor may open somewhere."""
    rights = {kind for kind in (BODY, BOARD) if actor.scope("reorganise", kind) != frozenset()}
    return [(kind.value, kind.label) for kind in BodyKind if right_over(kind) in rights]


class BodyForm(GroundFields, RecordForm):
    """A new body of a place."""

    wide = ("name",)
    field_order = ("unit", "kind", "name", "since", "code", "decision", "decided_on")
    unit = UnitField(day_field="since")
    kind = forms.ChoiceField(label=_("Loại tổ chức"))
    name = forms.CharField(label=_("Tên tổ chức"), max_length=LONGEST_NAME)
    since = DayField(label=_("Thành lập từ ngày"))
    code = forms.CharField(
        label=_("Mã định danh"),
        max_length=40,
        required=False,
        help_text=_("Theo Quyết định 20/2020/QĐ-TTg, ví dụ H26.15; để trống nếu chưa có."),
    )

    def prepare(self):
        kinds = kinds_for(self.actor)
        self.fields["kind"].choices = kinds
        first = right_over(kinds[0][0]) if kinds else BODY
        place = self.query.get("unit", "")[:120]
        self.initial["unit"] = place or place_of(self.actor, self.actor.scope("reorganise", first))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("unit") and cleaned.get("kind") and cleaned.get("since"):
            scope = self.actor.scope("reorganise", right_over(cleaned["kind"]))
            cleaned["unit"] = self.check(unit_at, cleaned["unit"], cleaned["since"], scope)
        return cleaned


class SeenBodyForm(SeenForm):
    """An act on a body whose names, codes and members the reader has read."""

    def beside(self):
        return [*self.row.standings.order_by("pk"), *self.row.members.order_by("pk")]


class RenameForm(GroundFields, SeenBodyForm):
    wide = ("name",)
    field_order = ("name", "on", "decision", "decided_on")
    name = forms.CharField(label=_("Tên mới"), max_length=LONGEST_NAME)
    on = DayField(label=_("Mang tên mới từ ngày"))


class CodeForm(GroundFields, SeenBodyForm):
    field_order = ("code", "on", "decision", "decided_on")
    code = forms.CharField(
        label=_("Mã định danh mới"),
        max_length=40,
        help_text=_("Theo Quyết định 20/2020/QĐ-TTg, ví dụ H26.15."),
    )
    on = DayField(label=_("Mang mã mới từ ngày"))


class CloseForm(GroundFields, ActForm):
    field_order = ("on", "decision", "decided_on")
    on = DayField(
        label=_("Kết thúc từ ngày"), help_text=_("Ngày hoạt động cuối cùng là hôm trước ngày này.")
    )


class MergeForm(GroundFields, ActForm):
    """Which body succeeds this one, and on which day."""

    field_order = ("place", "name", "on", "decision", "decided_on")
    place = UnitField(label=_("Nơi của tổ chức kế thừa"), day_field="on")
    name = BodyField(label=_("Tên tổ chức kế thừa"), unit_field="place", day_field="on")
    on = DayField(label=_("Sáp nhập, kế thừa từ ngày"))
    shown_on = {"unit": "place", "after": "name"}

    def prepare(self):
        self.initial["place"] = typed_of_unit(self.row.unit_id, self.row.until or today())
        if self.row.until is not None:
            self.initial["on"] = show_day(self.row.until)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("place") and cleaned.get("name") and cleaned.get("on"):
            unit = self.check(unit_at, cleaned["place"], cleaned["on"], None)
            if unit is not None:
                set_body(self, "name", unit, cleaned["on"])
        return cleaned

    def values(self):
        values = {name: self.cleaned_data[name] for name in ("on", "decision", "decided_on")}
        return {"after": self.cleaned_data["name"], **values}


class JoinForm(GroundFields, ActForm):
    field_order = ("name", "role", "since", "term_ends_on", "decision", "decided_on")
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    role = forms.CharField(
        label=_("Chức vụ"), max_length=120, help_text=_("Ví dụ Chủ tịch, Phó Chủ tịch, Ủy viên.")
    )
    since = DayField(label=_("Từ ngày"))
    term_ends_on = DayField(label=_("Hết nhiệm kỳ"), required=False)


class OfMemberForm(DayForm):
    """An act on one of the present members."""

    member = forms.ChoiceField(
        label=_("Thành viên"), error_messages={"required": _("Hãy chọn thành viên.")}
    )

    def prepare(self):
        super().prepare()
        rows = self.row.members.filter(until=None).select_related("body").order_by("since", "pk")
        self.members = {str(member.pk): member for member in rows}
        choices = [(key, f"{row.name} – {row.role}") for key, row in self.members.items()]
        self.fields["member"].choices = [("", "–"), *choices]

    def values(self):
        return {**self.cleaned_data, "member": self.members[self.cleaned_data["member"]]}


class RoleForm(GroundFields, SeenBodyForm, OfMemberForm):
    field_order = ("member", "role", "on", "term_ends_on", "decision", "decided_on")
    role = forms.CharField(label=_("Chức vụ mới"), max_length=120)
    term_ends_on = DayField(label=_("Hết nhiệm kỳ"), required=False)


class LeaveForm(SeenBodyForm, OfMemberForm):
    wide = ("reason",)
    field_order = ("member", "on", "reason")
    reason = forms.CharField(label=_("Lý do"), max_length=300)
