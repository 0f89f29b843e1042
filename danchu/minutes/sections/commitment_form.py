"""The form of a commitment recorded by hand, or from a written answer."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.days import show_day, today
from danchu.minutes.moves import COMMITMENT
from danchu.minutes.written_answers import answer_of
from danchu.people.offices_held import place_of
from danchu.subjects.fields import DayField, set_body, unit_at
from danchu.subjects.forms import RecordForm
from danchu.subjects.places import BodyField, UnitField
from danchu.units.kinds import BodyKind

NO_BODY = ("", "–")
OWNERS = [NO_BODY, *BodyKind.choices]


class CommitmentForm(RecordForm):
    """A commitment of a body or an office at one unit; `from` and `of` in the address name the
    written answer it was made in.
    """

    wide = ("title", "text", "due_reason")
    uid = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("Việc đã hứa"),
        max_length=180,
        help_text=gettext_lazy("Một câu, sẽ công khai: không nêu tên, địa chỉ của công dân."),
    )
    text = forms.CharField(
        label=gettext_lazy("Nguyên văn lời hứa"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Sẽ công khai."),
    )
    unit = UnitField(label=gettext_lazy("Nơi thực hiện"))
    owner = BodyField(label=gettext_lazy("Cơ quan thực hiện"), required=False, day_field="made_on")
    office = forms.CharField(
        label=gettext_lazy("Chức danh chịu trách nhiệm"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Ví dụ: Chủ tịch UBND phường."),
    )
    made_on = DayField(label=gettext_lazy("Ngày hứa"))
    due_on = DayField(label=gettext_lazy("Phải làm xong trước hết ngày"))
    due_reason = forms.CharField(
        label=gettext_lazy("Vì sao là ngày ấy"), max_length=300, required=False
    )
    asker = BodyField(
        label=gettext_lazy("Cơ quan, tổ chức đã hỏi"),
        required=False,
        day_field="made_on",
        help_text=gettext_lazy("Nơi này xác nhận việc đã làm."),
    )
    asked_by = forms.CharField(
        label=gettext_lazy("Người hỏi, để công khai"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Ví dụ: cử tri tổ 5; không ghi tên."),
    )

    def prepare(self):
        self.scope = self.actor.scope("draft", COMMITMENT)
        self.answer = answer_of(self.actor, self.query.get("from", ""), self.query.get("of", ""))
        self.initial |= {
            "uid": uuid4(),
            "unit": place_of(self.actor, self.scope),
            "made_on": show_day(today()),
            "owner": BodyKind.PEOPLES_COMMITTEE,
        }
        if self.answer is not None:
            self.initial |= self.answer.initial

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("owner") and not cleaned.get("office") and "owner" not in self.errors:
            self.add_error("owner", _("Hãy ghi ai thực hiện: cơ quan hoặc chức danh."))
        if not cleaned.get("unit"):
            return cleaned
        day = min(cleaned.get("made_on") or today(), today())
        cleaned["unit"] = self.check(unit_at, cleaned["unit"], day, self.scope)
        if cleaned["unit"] is not None:
            set_body(self, "owner", cleaned["unit"], day)
            set_body(self, "asker", cleaned["unit"], day)
        return cleaned

    def values(self):
        """The arguments of make_commitment."""
        return {**self.cleaned_data, **(self.answer.arguments if self.answer is not None else {})}
