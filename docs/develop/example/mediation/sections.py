"""Mediations at the desk: the list, a new one, its page, its acts."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import show_day, today
from danchu.mediation import actions
from danchu.mediation.lives import MEDIATION, MEDIATION_LIFE, MEETING, RESULT, State
from danchu.mediation.models import Mediation
from danchu.people.offices_held import place_of
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import DayField, lines_of_text, unit_at
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ActForm, DayForm, RecordForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.places import UnitField
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.verbs import DO
from danchu.subjects.waiting import Wait


class MediationForm(RecordForm):
    """One matter at one place."""

    wide = ("title",)
    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(day_field="received_on")
    received_on = DayField(label=_("Ngày nhận"))
    title = forms.CharField(
        label=_("Vụ việc"),
        max_length=actions.LONGEST_TITLE,
        help_text=_("Sẽ công khai: không ghi tên, địa chỉ của ai."),
    )

    def prepare(self):
        self.scope = self.actor.scope("draft", MEDIATION)
        self.initial |= {
            "uid": uuid4(),
            "unit": place_of(self.actor, self.scope),
            "received_on": show_day(today()),
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("unit") and cleaned.get("received_on"):
            typed, day = cleaned["unit"], cleaned["received_on"]
            cleaned["unit"] = self.check(unit_at, typed, day, self.scope)
        return cleaned


class ScheduleForm(EditingForm, ActForm):
    """Of two officials who put it off at the same time the second reads what the first wrote."""

    on = DayField(label=_("Ngày hòa giải"))

    def prepare(self):
        self.initial["on"] = show_day(self.row.meets_on) if self.row.meets_on else ""


class SettleForm(DayForm):
    wide = ("outcome",)
    outcome = lines_of_text(_("Các bên đã thỏa thuận thế nào, sẽ công khai"))


class EndForm(DayForm):
    wide = ("outcome",)
    outcome = lines_of_text(_("Vì sao không thành, sẽ công khai"))


class WithdrawForm(DayForm):
    wide = ("outcome",)
    outcome = lines_of_text(_("Vì sao các bên rút"))


def _rows(actor):
    return Mediation.objects.viewed_by(actor)


LISTING = Listing(
    name="mediations",
    title=_("Hòa giải ở cơ sở"),
    rows=_rows,
    placed=lambda mediation: (mediation.unit_id, mediation.received_on),
    columns=(
        Column("received_on", _("Ngày nhận"), sort="received_on"),
        Column("title", _("Vụ việc"), sort="title", links=True, under=lambda line: line.where),
        Column("meets_on", _("Ngày hòa giải")),
        state_column(),
        PLACE,
        Column("ended_on", _("Ngày kết thúc"), on_page=False),
        Column("outcome", _("Kết quả"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "state": Choice(State.choices, _("Trạng thái"), "state"),
        "since": Since("received_on"),
        "last": Last("received_on"),
        "q": Words("title"),
    },
    file_name="hoa-giai",
    empty=_("Chưa có vụ việc hòa giải nào."),
    advice=_("Vụ việc các bên nhờ hòa giải được ghi ở đây, rồi hẹn ngày và ghi kết quả."),
)

MEDIATIONS = Section(
    one="mediation",
    verb=DO,
    listing=LISTING,
    life=MEDIATION_LIFE,
    record=Record(
        template="mediation/mediation.html",
        rows=_rows,
    ),
    new=New(
        title=_("Vụ việc hòa giải mới"),
        word=_("Nhận vụ việc"),
        form=MediationForm,
        create=actions.receive_mediation,
        allows=may_begin("draft", MEDIATION),
        denied=_("Chức trách của ông/bà không nhận vụ việc hòa giải."),
    ),
    acts=(
        Act("schedule", _("Hẹn ngày hòa giải"), actions.schedule_mediation, ScheduleForm),
        Act("settle", _("Ghi hòa giải thành"), actions.settle_mediation, SettleForm),
        Act("end", _("Ghi hòa giải không thành"), actions.end_mediation, EndForm),
        Act("withdraw", _("Các bên rút"), actions.withdraw_mediation, WithdrawForm),
    ),
    waits=(
        Wait("schedule", (State.RECEIVED,), "draft", MEETING),
        Wait("settle", (State.SCHEDULED,), "confirm", RESULT),
        Wait("end", (State.SCHEDULED,), "draft", RESULT),
    ),
)
