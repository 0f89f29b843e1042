"""Forms of the roll of households."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.decision.lives import ROLL
from danchu.decision.models.roll import LONGEST_ADDRESS, LONGEST_GROUND, LONGEST_NAME
from danchu.kernel.days import show_day, today
from danchu.people.offices_held import place_of
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import CountField, DayField, unit_at
from danchu.subjects.forms import ActForm, DayForm, RecordForm
from danchu.subjects.places import UnitField

GROUND_HELP = _("Chỉ ghi khi người khác thay mặt hộ, ví dụ: hộ thống nhất cử.")


def _person():
    return forms.CharField(
        label=_("Người đại diện"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Người có năng lực hành vi dân sự đầy đủ của hộ; để trống nếu không có."),
    )


def _ground():
    return forms.CharField(
        label=_("Căn cứ đại diện"),
        max_length=LONGEST_GROUND,
        required=False,
        help_text=GROUND_HELP,
    )


def _address():
    return forms.CharField(label=_("Địa chỉ"), max_length=LONGEST_ADDRESS, required=False)


class HouseholdForm(RecordForm):
    """One household of a village."""

    wide = ("address",)
    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(label=_("Thôn, tổ dân phố"), day_field="since", level="village")
    number = CountField(label=_("Số của hộ"), required=True)
    since = DayField(label=_("Tính từ ngày"))
    representative = _person()
    ground = _ground()
    address = _address()

    def prepare(self):
        self.scope = self.actor.scope("draft", ROLL)
        self.initial |= {
            "uid": uuid4(),
            "unit": self.query.get("unit") or place_of(self.actor, self.scope, "village"),
            "since": self.query.get("since") or show_day(today()),
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("unit") and cleaned.get("since"):
            typed, day = cleaned["unit"], cleaned["since"]
            cleaned["unit"] = self.check(unit_at, typed, day, self.scope)
        return cleaned


class CorrectForm(EditingForm, ActForm):
    """What may change of a household without its being another one."""

    wide = ("address", "reason")
    representative = _person()
    ground = _ground()
    address = _address()
    reason = forms.CharField(label=_("Lý do"), max_length=500)

    def prepare(self):
        self.initial |= {
            name: getattr(self.row, name) for name in ("representative", "ground", "address")
        }


class LeaveForm(DayForm):
    """From which day the household counts no more, and why."""

    wide = ("reason",)
    reason = forms.CharField(
        label=_("Lý do"), max_length=500, help_text=_("Chuyển đi, không còn ai, nhập vào hộ khác.")
    )


class MoveForm(DayForm):
    """Where the household counts from a day on."""

    wide = ("reason",)
    unit = UnitField(label=_("Chuyển đến"), day_field="on", level="village")
    number = CountField(label=_("Số của hộ ở nơi đến"), required=True)
    reason = forms.CharField(label=_("Lý do"), max_length=500)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("unit") and cleaned.get("on"):
            scope = self.actor.scope("draft", ROLL)
            cleaned["unit"] = self.check(unit_at, cleaned["unit"], cleaned["on"], scope)
        return cleaned
