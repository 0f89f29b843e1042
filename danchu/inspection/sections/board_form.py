"""Forms of boards: a new term, an election, a declaration, a member who leaves, recognition."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.inspection.models import Role, Seat
from danchu.inspection.moves import BOARD
from danchu.inspection.rules.membership import (
    AGENCY,
    COMMUNE,
    ENTERPRISE,
    INVESTMENT,
    KINDS,
    Declaration,
)
from danchu.kernel.days import show_day, today
from danchu.kernel.text import typed_form
from danchu.people.offices_held import place_of
from danchu.subjects.editing import EditingForm, SeenForm
from danchu.subjects.fields import CountField, DayField, set_body, unit_at
from danchu.subjects.forms import ActForm, DayForm, RecordForm
from danchu.subjects.places import BodyField, UnitField
from danchu.units.models import Standing


class TermForm(RecordForm):
    """A new term of the board of a kind at a unit; those of investment boards are opened with their
    project.
    """

    unit = UnitField(day_field="since")
    board = BodyField(label=_("Ban"), kinds=KINDS[:3], day_field="since")
    since = DayField(label=_("Từ ngày"))
    until = DayField(
        label=_("Hết nhiệm kỳ"),
        required=False,
        help_text=_(
            "Ban ở xã, phường, đặc khu: phải ghi. Ban ở cơ quan, doanh nghiệp: để trống, hệ thống "
            "tính theo luật."
        ),
    )
    staff = CountField(
        label=_("Số người làm việc"),
        help_text=_("Của cơ quan, doanh nghiệp; Ban ở xã để trống."),
    )
    is_dispersed = forms.BooleanField(
        label=_("Đông người hoặc phân tán: Ban có thể hơn 9 thành viên"), required=False
    )

    def prepare(self):
        self.scope = self.actor.scope("draft", BOARD)
        self.initial["unit"] = place_of(self.actor, self.scope)
        self.initial["since"] = show_day(today())
        self.initial["board"] = KINDS[0]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("since") and cleaned.get("unit"):
            unit = self.check(unit_at, cleaned["unit"], cleaned["since"], self.scope)
            if unit is not None:
                set_body(self, "board", unit, cleaned["since"])
        return cleaned

    def values(self):
        names = ("board", "since", "until", "staff", "is_dispersed")
        return {name: self.cleaned_data[name] for name in names}


class DaysForm(EditingForm, ActForm):
    """The days of a term that is not recognised yet; the law sets the end of some boards' terms."""

    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Hết nhiệm kỳ"))

    def prepare(self):
        self.initial |= {"since": show_day(self.row.since), "until": show_day(self.row.until)}
        if self.row.board.kind in (AGENCY, ENTERPRISE):
            del self.fields["until"]


class ElectForm(ActForm):
    """An elected member; only investment boards need a seat and a signed declaration."""

    wide = ("text",)
    OF_INVESTMENTS = ("seat", "declared_on", "text", "is_kin")
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    role = forms.ChoiceField(label=_("Chức vụ"), choices=Role.choices, initial=Role.MEMBER)
    seat = forms.ChoiceField(label=_("Đại diện cho"), choices=Seat.choices, initial=Seat.PEOPLE)
    village = UnitField(label=_("Thôn, tổ dân phố"), required=False, day_field="elected_on")
    elected_on = DayField(label=_("Ngày bầu"))
    declared_on = DayField(label=_("Ngày ký bản khai xung đột lợi ích"))
    text = forms.CharField(
        label=_("Nội dung khai, để trống nếu không có gì"), max_length=500, required=False
    )
    is_resident = forms.BooleanField(
        label=_("Người này thường trú tại xã"), required=False, initial=True
    )
    is_official = forms.BooleanField(
        label=_("Là cán bộ, công chức xã hoặc người hoạt động không chuyên trách"), required=False
    )
    is_head = forms.BooleanField(
        label=_("Là người đứng đầu, cấp phó hoặc kế toán trưởng của đơn vị"), required=False
    )
    is_kin = forms.BooleanField(
        label=_(
            "Là người thân thích của người quyết định, chủ đầu tư, nhà thầu, tư vấn hoặc giám sát"
        ),
        required=False,
    )

    def prepare(self):
        kind = self.row.board.kind
        if kind != INVESTMENT:
            for name in self.OF_INVESTMENTS:
                del self.fields[name]
        if kind not in (COMMUNE, INVESTMENT):
            del self.fields["village"]
        elif kind == COMMUNE:
            # Shown as needed; the act says so when it is empty, beside what else it refuses.
            self.fields["village"].required = True
            self.fields["village"].validate = lambda value: None
        self.initial["elected_on"] = show_day(today())
        self.initial["declared_on"] = show_day(today())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("village") and cleaned.get("elected_on"):
            typed = cleaned["village"]
            cleaned["village"] = self.check(
                _village, self.row.unit_id, typed, cleaned["elected_on"]
            )
        return cleaned

    def values(self):
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "role": cleaned["role"],
            "elected_on": cleaned["elected_on"],
            "village": cleaned.get("village") or None,
            "seat": cleaned.get("seat") or Seat.PEOPLE,
            "declaration": Declaration(
                is_official=cleaned["is_official"],
                is_resident=cleaned["is_resident"],
                is_head=cleaned["is_head"],
                is_kin=cleaned.get("is_kin", False),
                on=cleaned.get("declared_on"),
                text=cleaned.get("text", ""),
            ),
        }


def _village(unit_id, text, day):
    """The village that the text means on the day: of the unit where it has one of that name, marks
    included unless none were typed; a thousand communes may have one as well.
    """
    form = typed_form(text)
    rows = Standing.objects.on(day).filter(parent=unit_id, unit__level="village")
    own = [row for row in rows.select_related("unit") if form(row.name) == form(text)]
    return own[0].unit if len(own) == 1 else unit_at(text, day, None, "village")


class MemberForm(DayForm):
    """An act on one of the present members of the board."""

    member = forms.ChoiceField(
        label=_("Thành viên"), error_messages={"required": _("Hãy chọn thành viên.")}
    )
    field_order = ("member", "on")

    def prepare(self):
        super().prepare()
        rows = self.row.members.filter(left_on=None).select_related("term__board").order_by("pk")
        self.members = {str(member.pk): member for member in rows}
        names = [(key, member.name) for key, member in self.members.items()]
        self.fields["member"].choices = [("", "–"), *names]

    def values(self):
        return {**self.cleaned_data, "member": self.members[self.cleaned_data["member"]]}


class LeaveForm(MemberForm):
    wide = ("reason",)
    reason = forms.CharField(label=_("Lý do"), max_length=300, required=False)


class DeclareForm(MemberForm):
    wide = ("text",)
    text = forms.CharField(label=_("Nội dung"), max_length=500, required=False)
    is_kin = forms.BooleanField(
        label=_("Là người thân thích, phải thôi làm thành viên"), required=False
    )


class RecogniseForm(SeenForm, DayForm):
    on = DayField(label=_("Ngày công nhận"))

    def beside(self):
        return self.row.members.order_by("pk")
